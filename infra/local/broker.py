"""Empty a given RabbitMQ of what is ours: messages of dropped databases must not come back."""

import kombu

from shared.messaging.topology import service_queues


def remove_queues(broker_url: str, exchange: str) -> None:
    """Delete the exchanges and queues of one exchange name; they are declared anew at the start."""
    with kombu.Connection(broker_url, connect_timeout=5) as connection:
        channel = connection.channel()
        for queue in service_queues(exchange):
            channel.queue_delete(queue.name)
            channel.queue_delete(queue.overflow)
        channel.exchange_delete(exchange)
        channel.exchange_delete(f"{exchange}.overflow")
        channel.close()

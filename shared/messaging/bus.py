"""Open the bus a broker URL names."""

from shared.messaging.broker_url import is_embedded
from shared.messaging.bus_amqp import AmqpBus
from shared.messaging.bus_pgmq import PgmqBus
from shared.messaging.ports import Bus

DEFAULT_EXCHANGE = "atrium"


def open_bus(broker_url: str, exchange: str = DEFAULT_EXCHANGE) -> Bus:
    """Return the way to the broker at pgmq://... (embedded) or amqp://... (RabbitMQ).

    Nothing is connected yet. Raises SettingError for any other URL.
    """
    if is_embedded(broker_url):
        return PgmqBus(broker_url, exchange)
    return AmqpBus(broker_url, exchange)

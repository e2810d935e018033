"""The bus on RabbitMQ: durable quorum queues, publisher confirms awaited, nothing unrouted."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import kombu
from kombu.transport.pyamqp import Transport

from shared.contracts.envelope import CONTENT_TYPE
from shared.messaging import crash
from shared.messaging.ports import Incoming, Outgoing, Publisher, Subscriber
from shared.messaging.refusals import BrokerUnavailable
from shared.messaging.topology import ServiceQueue, queue_of, service_queues

HEARTBEAT_SECONDS = 30
CONFIRM_SECONDS = 30.0
LINGER_SECONDS = 0.002
PREFETCH = 400
DELIVERY_LIMIT = 100  # then RabbitMQ gives up and the message comes by way of the overflow queue
PERSISTENT = 2

UNAVAILABLE = (*Transport.connection_errors, *Transport.channel_errors, OSError)


@contextmanager
def translated() -> Iterator[None]:
    """Say BrokerUnavailable for whatever RabbitMQ or the network says."""
    try:
        yield
    except UNAVAILABLE as error:
        raise BrokerUnavailable(f"{type(error).__name__}: {error}") from error


class AmqpBus:
    """The way to RabbitMQ."""

    def __init__(self, broker_url: str, exchange: str) -> None:
        """Remember where the broker is; the first connection is made later."""
        self.exchange = exchange
        self._url = broker_url

    def declare(self) -> None:
        """Make exchanges, quorum queues and bindings."""
        with translated(), self._connected() as connection:
            channel = connection.channel()
            for queue in service_queues(self.exchange):
                _declare(channel, self.exchange, queue)

    @contextmanager
    def publisher(self) -> Iterator[Publisher]:
        """Open a connection in confirm mode."""
        with translated(), self._connected() as connection:
            yield AmqpPublisher(connection, self.exchange)

    @contextmanager
    def subscriber(self, service: str) -> Iterator[Subscriber]:
        """Open a connection that consumes; what is not acknowledged when it closes comes again."""
        with translated(), self._connected() as connection:
            yield AmqpSubscriber(connection, queue_of(self.exchange, service))

    def waiting(self, service: str) -> int:
        """Return how many messages are ready in the service's queue."""
        with translated(), self._connected() as connection:
            name = queue_of(self.exchange, service).name
            declared = connection.channel().queue_declare(name, passive=True)
            return int(declared.message_count)

    @contextmanager
    def _connected(self) -> Iterator[kombu.Connection]:
        connection = kombu.Connection(
            self._url,
            connect_timeout=5,
            heartbeat=HEARTBEAT_SECONDS,
            transport_options={"write_timeout": 10},
        )
        try:
            connection.connect()
            yield connection
        finally:
            _close(connection)


def _close(connection: kombu.Connection) -> None:
    """Close politely if the broker still answers, else just drop the socket."""
    try:
        connection.release()
    except UNAVAILABLE:
        connection.collect(socket_timeout=0.1)


def _declare(channel: Any, exchange: str, queue: ServiceQueue) -> None:
    """Make one service's queue, and the one that catches what could never be delivered."""
    topic = kombu.Exchange(exchange, type="topic", durable=True)
    given_up = kombu.Exchange(f"{exchange}.overflow", type="direct", durable=True)
    overflow = kombu.Queue(
        queue.overflow,
        exchange=given_up,
        routing_key=queue.service,
        durable=True,
        queue_arguments={"x-queue-type": "quorum"},
    )
    main = kombu.Queue(
        queue.name,
        bindings=[kombu.binding(topic, routing_key=name) for name in queue.patterns],
        durable=True,
        queue_arguments={
            "x-queue-type": "quorum",
            "x-delivery-limit": DELIVERY_LIMIT,
            "x-dead-letter-exchange": given_up.name,
            "x-dead-letter-routing-key": queue.service,
        },
    )
    overflow(channel).declare()
    topic(channel).declare()
    main(channel).declare()


class AmqpPublisher:
    """Publishes a batch, then waits for all of its confirms together."""

    def __init__(self, connection: kombu.Connection, exchange: str) -> None:
        """Publish over this connection."""
        self._connection = connection
        channel = connection.channel()
        channel.confirm_select()
        channel.events["basic_ack"].add(self._acked)
        channel.events["basic_nack"].add(self._nacked)
        channel.events["basic_return"].add(self._came_back)
        topic = kombu.Exchange(exchange, type="topic", durable=True)
        self._producer = kombu.Producer(channel, topic, auto_declare=False)
        self._last_tag = 0
        self._unconfirmed: set[int] = set()
        self._refused = False
        self._returned: set[str] = set()

    def publish(self, batch: Sequence[Outgoing]) -> frozenset[int]:
        """Publish persistently and mandatorily, and wait for RabbitMQ's confirms."""
        self._refused, self._returned = False, set()
        with translated():
            for index, message in enumerate(batch):
                self._last_tag += 1
                self._unconfirmed.add(self._last_tag)
                self._producer.publish(
                    message.body,
                    routing_key=message.type,
                    content_type=CONTENT_TYPE,
                    content_encoding="utf-8",
                    delivery_mode=PERSISTENT,
                    mandatory=True,
                    message_id=str(index),  # by which a returned message is known
                )
            crash.point("relay.sent")
            self._wait_for_confirms()
        return frozenset(int(index) for index in self._returned)

    def keep_alive(self) -> None:
        """Send and take heartbeats."""
        with translated():
            _exchange_heartbeats(self._connection)

    def _wait_for_confirms(self) -> None:
        deadline = time.monotonic() + CONFIRM_SECONDS
        while self._unconfirmed:
            self._connection.drain_events(timeout=max(deadline - time.monotonic(), 0.001))
        if self._refused:
            raise BrokerUnavailable("RabbitMQ refused to take a message")

    def _acked(self, tag: int, multiple: bool) -> None:
        done = {known for known in self._unconfirmed if known <= tag} if multiple else {tag}
        self._unconfirmed -= done

    def _nacked(self, tag: int, multiple: bool) -> None:
        self._refused = True
        self._acked(tag, multiple)

    def _came_back(self, error: Any, exchange: str, routing_key: str, message: Any) -> None:
        del error, exchange, routing_key
        self._returned.add(message.properties["message_id"])


class AmqpSubscriber:
    """Consumes one queue with a prefetch; acknowledges by hand."""

    def __init__(self, connection: kombu.Connection, queue: ServiceQueue) -> None:
        """Start consuming."""
        self._connection = connection
        self._queue = queue
        self._arrived: list[Any] = []
        self._consumer = kombu.Consumer(
            connection.channel(),
            [kombu.Queue(queue.name, no_declare=True)],
            on_message=self._arrived.append,
            auto_declare=False,
            prefetch_count=PREFETCH,
        )
        self._consumer.consume()

    def collect(self, most: int, seconds: float) -> list[Incoming]:
        """Wait for a first message, then take those that follow within two milliseconds."""
        with translated():
            self._connection.heartbeat_check()
            wait = LINGER_SECONDS if self._arrived else seconds
            while len(self._arrived) < most:
                try:
                    self._connection.drain_events(timeout=wait)
                except TimeoutError:
                    break
                wait = LINGER_SECONDS
        taken, self._arrived[:] = self._arrived[:most], self._arrived[most:]
        return [_incoming(message) for message in taken]

    def acknowledge(self, batch: Sequence[Incoming]) -> None:
        """Acknowledge one by one: cheap frames that wait for no answer."""
        with translated():
            for incoming in batch:
                incoming.receipt.ack()

    def overflow(self, most: int) -> list[Incoming]:
        """Take what RabbitMQ handed out too often."""
        taken: list[Incoming] = []
        with translated():
            channel = self._connection.default_channel
            while len(taken) < most and (message := channel.basic_get(self._queue.overflow)):
                taken.append(_incoming(channel.message_to_python(message)))
        return taken

    def keep_alive(self) -> None:
        """Send heartbeats; what arrives meanwhile is kept for the next collect."""
        with translated():
            _exchange_heartbeats(self._connection)


def _exchange_heartbeats(connection: kombu.Connection) -> None:
    with suppress(TimeoutError):
        connection.drain_events(timeout=0.001)
    connection.heartbeat_check()


def _incoming(message: Any) -> Incoming:
    body = message.body.encode() if isinstance(message.body, str) else bytes(message.body)
    earlier = int(message.headers.get("x-delivery-count", 0))
    return Incoming(body=body, deliveries=earlier + 1, receipt=message)

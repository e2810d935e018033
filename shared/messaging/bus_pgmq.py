"""The bus on the embedded broker: kombu's pgmq transport on a PostgreSQL database."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import kombu
import psycopg
from kombu.transport.virtual import Message

from shared.contracts.envelope import CONTENT_TYPE
from shared.kernel.identifiers import lock_key
from shared.messaging import crash
from shared.messaging.broker_url import conninfo_of
from shared.messaging.bus_database import prepare_bus
from shared.messaging.pgmq_transport import BATCH, Channel, Transport
from shared.messaging.ports import Incoming, Outgoing, Publisher, Subscriber
from shared.messaging.refusals import BrokerUnavailable
from shared.messaging.topology import ServiceQueue, queue_of, service_queues

VISIBILITY_SECONDS = 20  # after which a message a dead consumer held is handed out again
POLL_SECONDS = 0.5  # notifications wake sooner; this finds what became visible again

UNAVAILABLE = (psycopg.OperationalError, psycopg.InterfaceError, OSError)


@contextmanager
def translated() -> Iterator[None]:
    """Say BrokerUnavailable for whatever PostgreSQL says when it is gone."""
    try:
        yield
    except UNAVAILABLE as error:
        raise BrokerUnavailable(str(error)) from error


class PgmqBus:
    """The way to the embedded broker."""

    def __init__(
        self, broker_url: str, exchange: str, *, visibility_seconds: int = VISIBILITY_SECONDS
    ) -> None:
        """Remember where the broker's database is; the first connection is made later."""
        self.exchange = exchange
        self._url = broker_url
        self._visibility_seconds = visibility_seconds

    def declare(self) -> None:
        """Install pgmq if it is not there; make the queues and bindings that are missing."""
        with translated():
            prepare_bus(self._url)
            with self._connected() as connection:
                channel: Channel = connection.channel()
                transport: Transport = connection.transport
                with transport.session.batch():
                    transport.session.lock(lock_key("pgmq", "declare"))
                    for queue in service_queues(self.exchange):
                        _declare(channel, self.exchange, queue)

    @contextmanager
    def publisher(self) -> Iterator[Publisher]:
        """Open a connection whose commits wait for the disk."""
        with translated(), self._connected() as connection:
            yield PgmqPublisher(connection, self.exchange)

    @contextmanager
    def subscriber(self, service: str) -> Iterator[Subscriber]:
        """Open a connection whose commits do not wait for the disk: a lost one is a repeat."""
        with translated(), self._connected(asynchronous_commit=True) as connection:
            subscriber = PgmqSubscriber(connection, queue_of(self.exchange, service))
            try:
                yield subscriber
            finally:
                subscriber.give_back()

    def waiting(self, service: str) -> int:
        """Return how many messages the service's queue holds, the invisible ones included."""
        with translated(), self._connected() as connection:
            size: int = connection.channel()._size(queue_of(self.exchange, service).name)  # noqa: SLF001  # kombu's only way to ask without declaring
            return size

    @contextmanager
    def _connected(self, *, asynchronous_commit: bool = False) -> Iterator[kombu.Connection]:
        options = {
            "conninfo": conninfo_of(self._url, asynchronous_commit=asynchronous_commit),
            "visibility_timeout": self._visibility_seconds,
            "wait_time_seconds": 0,
            "polling_interval": POLL_SECONDS,
            "use_notify": True,
        }
        connection = kombu.Connection(transport=Transport, transport_options=options)
        try:
            connection.connect()
            yield connection
        finally:
            connection.release()


def _declare(channel: Channel, exchange: str, queue: ServiceQueue) -> None:
    """Make one queue with its bindings, leaving alone what is there."""
    name = channel.canonical_queue_name(queue.name)
    bound = {binding.pattern for binding in channel.pgmq.list_topic_bindings(name)}
    if not channel._has_queue(queue.name):  # noqa: SLF001  # declaring again would lock the table
        channel.pgmq.create_queue(name)
    for routing_key in queue.patterns:
        pattern = channel._topic_key(exchange, routing_key)  # noqa: SLF001  # the one place that knows how kombu writes it
        if pattern not in bound:
            channel.pgmq.bind_topic(pattern, name)


class PgmqPublisher:
    """Publishes a batch in one transaction: all of it is in the queues, or none."""

    def __init__(self, connection: kombu.Connection, exchange: str) -> None:
        """Publish over this connection."""
        self._session = connection.transport.session
        self._channel: Channel = connection.channel()
        self._queues = tuple(service_queues(exchange))
        topic = kombu.Exchange(exchange, type="topic", durable=True)
        self._producer = kombu.Producer(self._channel, topic)

    def publish(self, batch: Sequence[Outgoing]) -> frozenset[int]:
        """Publish, and wait until PostgreSQL has flushed it."""
        for message in batch:
            self._producer.publish(
                message.body,
                routing_key=message.type,
                content_type=CONTENT_TYPE,
                content_encoding="utf-8",
            )
        types = {message.type for message in batch}
        waking = [queue.name for queue in self._queues if any(map(queue.hears, types))]
        with translated(), self._session.batch():
            unroutable = self._channel.send_gathered(waking)
            crash.point("relay.sent")
        return unroutable

    def keep_alive(self) -> None:
        """Do nothing: a PostgreSQL session lives without heartbeats."""


class PgmqSubscriber:
    """Consumes one queue; deletes what is acknowledged, a batch in one statement."""

    def __init__(self, connection: kombu.Connection, queue: ServiceQueue) -> None:
        """Start consuming."""
        self._connection = connection
        self._channel: Channel = connection.channel()
        self._arrived: list[Message] = []
        self._held: dict[str, Message] = {}
        self._consumer = kombu.Consumer(
            self._channel,
            [kombu.Queue(queue.name, no_declare=True)],
            on_message=self._arrived.append,
            auto_declare=False,
            prefetch_count=BATCH,
        )
        self._consumer.consume()

    def collect(self, most: int, seconds: float) -> list[Incoming]:
        """Wait for messages; one read brings up to `most`."""
        with translated():
            self._consumer.qos(prefetch_count=most + len(self._held))
            try:
                self._connection.drain_events(timeout=seconds)
            except TimeoutError:
                return []
        arrived, self._arrived[:] = list(self._arrived), []
        self._held.update({message.delivery_tag: message for message in arrived})
        return [_incoming(message) for message in arrived]

    def acknowledge(self, batch: Sequence[Incoming]) -> None:
        """Delete the batch from the queue."""
        messages = [self._held.pop(incoming.receipt) for incoming in batch]
        with translated():
            self._channel.acknowledge(messages)

    def overflow(self, most: int) -> list[Incoming]:
        """Return nothing: pgmq hands out again for ever, and tells how often it did."""
        del most
        return []

    def keep_alive(self) -> None:
        """Do nothing: a PostgreSQL session lives without heartbeats."""

    def give_back(self) -> None:
        """Make what was not acknowledged visible to others at once, if the broker is there."""
        held, self._held = self._held, {}
        try:
            for message in held.values():
                message.requeue()
        except UNAVAILABLE:
            return  # it becomes visible by itself when its time is over


def _incoming(message: Any) -> Incoming:
    body = message.body.encode() if isinstance(message.body, str) else message.body
    read_count = message.delivery_info["pgmq_message"]["read_ct"]
    return Incoming(body=body, deliveries=read_count, receipt=message.delivery_tag)

"""From the outbox to the bus: stamp, publish in order, mark after the broker's confirm."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from shared.kernel.identifiers import lock_key
from shared.messaging import crash, topology
from shared.messaging.codec import envelope_to_json
from shared.messaging.endurance import persistently
from shared.messaging.log import COLUMNS, envelope_of
from shared.messaging.ports import Bus, Outgoing, Publisher
from shared.messaging.refusals import Unroutable

BATCH = 500
SHORTEST_PAUSE = 0.005
LONGEST_PAUSE = 0.2
HEARTBEAT_SECONDS = 5.0

# One transaction at a time gives numbers, to rows already committed, following on from the last
# number given: so there are no gaps, and a number once readable has none missing below it.
STAMP = """
WITH last AS (SELECT coalesce(max(sequence), 0) AS sequence FROM outbox),
waiting AS (
    SELECT position, row_number() OVER (ORDER BY position) AS place
    FROM (SELECT position FROM outbox WHERE sequence IS NULL ORDER BY position LIMIT %(most)s) AS w
)
UPDATE outbox SET sequence = last.sequence + waiting.place
FROM last, waiting WHERE outbox.position = waiting.position
"""
SELECT = (
    f"SELECT {COLUMNS}, position FROM outbox"
    " WHERE sequence IS NOT NULL AND published_at IS NULL ORDER BY sequence LIMIT %(most)s"
)
MARK = "UPDATE outbox SET published_at = clock_timestamp() WHERE position = ANY(%(positions)s)"
ANYTHING = "SELECT EXISTS (SELECT 1 FROM outbox WHERE published_at IS NULL)"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An outbox row on its way."""

    position: int
    message: Outgoing


class Relay:
    """Publishes one service's outbox. Several may run; one at a time works, the others wait."""

    def __init__(self, engine: Engine, bus: Bus, service: str, *, batch: int = BATCH) -> None:
        """Relay from this database to this bus."""
        self._engine = engine
        self._bus = bus
        self._service = service
        self._batch = batch
        self._key = lock_key("relay", service)

    def run_once(self) -> int:
        """Declare the topology, publish everything that waits, return how many messages that was.

        Raises BrokerUnavailable, Unroutable, or SQLAlchemy's errors; nothing is lost then.
        """
        topology.declare(self._bus)
        total = 0
        with self._bus.publisher() as publisher:
            while published := self.publish_batch(publisher):
                total += published
        return total

    def has_work(self) -> bool:
        """Tell whether anything in the outbox is not published yet."""
        with self._engine.connect() as connection:
            return bool(connection.exec_driver_sql(ANYTHING).scalar_one())

    def run(self, stop: threading.Event) -> None:
        """Publish what comes until told to stop, through outages of broker and database."""

        def work(got_on: Callable[[], None]) -> None:
            topology.declare(self._bus)
            with self._bus.publisher() as publisher:
                self._follow(publisher, stop, got_on)

        persistently(f"the relay of {self._service}", work, stop)

    def _follow(
        self, publisher: Publisher, stop: threading.Event, got_on: Callable[[], None]
    ) -> None:
        pause = SHORTEST_PAUSE
        heartbeat = time.monotonic()
        while not stop.is_set():
            if self.publish_batch(publisher):
                pause = SHORTEST_PAUSE
                got_on()
                continue
            stop.wait(pause)
            pause = min(pause * 1.5, LONGEST_PAUSE)
            if time.monotonic() - heartbeat > HEARTBEAT_SECONDS:
                heartbeat = time.monotonic()
                publisher.keep_alive()
                got_on()

    def publish_batch(self, publisher: Publisher) -> int:
        """Stamp, publish and mark one batch; return its size, 0 when nothing waits.

        Raises Unroutable after the rest of the batch is marked.
        """
        with self._engine.connect() as connection:
            if not self._lead(connection):
                return 0
            connection.exec_driver_sql(STAMP, {"most": self._batch})
            connection.commit()
            crash.point("relay.stamped")
            return self._publish_stamped(connection, publisher)

    def _publish_stamped(self, connection: Connection, publisher: Publisher) -> int:
        """Publish in the order of the sequence, as the only relay that does."""
        if not self._lead(connection):
            return 0
        batch = self._stamped(connection)
        if not batch:
            return 0
        crash.point("relay.before_publish")
        nowhere = publisher.publish([waiting.message for waiting in batch])
        crash.point("relay.confirmed")
        self._mark(connection, [w for index, w in enumerate(batch) if index not in nowhere])
        crash.point("relay.marked")
        if nowhere:
            types = sorted({batch[index].message.type for index in nowhere})
            raise Unroutable(", ".join(types))
        return len(batch)

    def _lead(self, connection: Connection) -> bool:
        """Try to become the one relay that works, until the transaction ends."""
        anything = connection.exec_driver_sql(ANYTHING).scalar_one()
        if not anything:
            return False
        took = connection.exec_driver_sql("SELECT pg_try_advisory_xact_lock(%s)", (self._key,))
        return bool(took.scalar_one())

    def _stamped(self, connection: Connection) -> list[Waiting]:
        rows = connection.exec_driver_sql(SELECT, {"most": self._batch}).all()
        return [
            Waiting(
                row.position,
                Outgoing(row.type, envelope_to_json(envelope_of(row))),
            )
            for row in rows
        ]

    def _mark(self, connection: Connection, done: Sequence[Waiting]) -> None:
        """Note what the broker has; when this is lost, it is published again and heard once."""
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
        connection.exec_driver_sql(MARK, {"positions": [waiting.position for waiting in done]})
        connection.commit()

"""From the bus into the service: inbox row and effect in one transaction, then the acknowledgement.

Nothing is acknowledged before its effect, or its place on the dead-letter desk, is committed.
"""

import threading
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from shared.messaging import crash, inbox, topology
from shared.messaging.consumers import Consumers
from shared.messaging.endurance import Pauses, is_outage, log, persistently
from shared.messaging.handling import handle
from shared.messaging.parking import park_failed, park_unreadable
from shared.messaging.ports import Bus, Incoming, Subscriber
from shared.messaging.reading import Heard, Unreadable, read

BATCH = 200
WAIT_SECONDS = 1.0
MOST_DELIVERIES = 20  # beyond, a message may be what kills us: the desk tries it alone


class Reception:
    """Hears one service's messages. Several may run at once, in one process or many."""

    def __init__(
        self,
        engine: Engine,
        bus: Bus,
        consumers: Consumers,
        service: str | None = None,
        *,
        batch: int = BATCH,
    ) -> None:
        """Hear from this bus what these consumers react to; effects go into this database."""
        self._engine = engine
        self._bus = bus
        self._consumers = consumers
        self._service = service or consumers.service
        self._batch = batch

    def run_once(self, seconds: float = WAIT_SECONDS) -> int:
        """Hear until nothing comes for so many seconds; return how many deliveries that were.

        Raises BrokerUnavailable or SQLAlchemy's errors; what was not acknowledged comes again.
        """
        total = 0
        topology.declare(self._bus)
        with self._bus.subscriber(self._service) as subscriber:
            while batch := subscriber.collect(self._batch, seconds):
                self.take(batch)
                subscriber.acknowledge(batch)
                total += len(batch)
        return total

    def run(self, stop: threading.Event) -> None:
        """Hear until told to stop, through outages of broker and database."""

        def work(got_on: Callable[[], None]) -> None:
            topology.declare(self._bus)
            with self._bus.subscriber(self._service) as subscriber:
                while not stop.is_set():
                    batch = subscriber.collect(self._batch, WAIT_SECONDS)
                    got_on()
                    batch += subscriber.overflow(self._batch) if not batch else []
                    self._take_when_possible(batch, subscriber, stop)

        persistently(f"the reception of {self._service}", work, stop)

    def _take_when_possible(
        self, batch: Sequence[Incoming], subscriber: Subscriber, stop: threading.Event
    ) -> None:
        """Hold the batch through an outage of the database: it is the broker's until committed."""
        pauses = Pauses()
        while batch and not stop.is_set():
            try:
                self.take(batch)
            except SQLAlchemyError as error:
                if not is_outage(error):
                    raise
                log.warning("%s waits for its database: %s", self._service, error)
                stop.wait(pauses.next())
                subscriber.keep_alive()
            else:
                subscriber.acknowledge(batch)
                crash.point("reception.acknowledged")
                return

    def take(self, batch: Sequence[Incoming]) -> None:
        """Handle a batch in one transaction; what fails is parked in the same transaction."""
        if not batch:
            return
        with self._engine.begin() as connection:
            self._take(connection, batch)
            crash.point("reception.reacted")
        crash.point("reception.committed")

    def _take(self, connection: Connection, batch: Sequence[Incoming]) -> None:
        waiting: dict[tuple[str, str], Heard] = {}
        for incoming in batch:
            heard = read(incoming.body, self._consumers)
            if isinstance(heard, Unreadable):
                park_unreadable(connection, heard)
            elif incoming.deliveries > MOST_DELIVERIES:
                self._leave_to_the_desk(connection, heard, incoming.deliveries)
            else:
                waiting[heard.identity] = heard
        fresh = self._note(connection, list(waiting.values()))
        crash.point("reception.heard")
        for identity, heard in waiting.items():
            if identity in fresh and (reason := handle(connection, heard)) is not None:
                inbox.forget(connection, heard)
                park_failed(connection, heard, reason)

    def _note(self, connection: Connection, messages: list[Heard]) -> set[tuple[str, str]]:
        return inbox.note_new(connection, messages)

    def _leave_to_the_desk(self, connection: Connection, heard: Heard, deliveries: int) -> None:
        if self._note(connection, [heard]):
            inbox.forget(connection, heard)
            reason = f"handed out {deliveries} times without an acknowledgement"
            park_failed(connection, heard, reason)

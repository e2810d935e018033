"""Controls: messaging with one promise taken out, to see the tests notice. Never used elsewhere."""

from collections.abc import Sequence

from sqlalchemy import Connection

from shared.messaging import crash
from shared.messaging.handling import handle
from shared.messaging.inbox import note_new
from shared.messaging.ports import Incoming, Publisher
from shared.messaging.reading import Heard, read
from shared.messaging.reception import Reception
from shared.messaging.relay import Relay


class RelayMarkingBeforePublishing(Relay):
    """Marks first: what it then dies with is lost."""

    def _publish_stamped(self, connection: Connection, publisher: Publisher) -> int:
        if not self._lead(connection):
            return 0
        batch = self._stamped(connection)
        self._mark(connection, batch)
        crash.point("relay.before_publish")
        publisher.publish([waiting.message for waiting in batch])
        return len(batch)


class ReceptionWithTheEffectOutside(Reception):
    """Commits the effect in one transaction and the inbox row in another: dying between doubles."""

    def take(self, batch: Sequence[Incoming]) -> None:
        messages = [read(one.body, self._consumers) for one in batch]
        for heard in messages:
            assert isinstance(heard, Heard)
            with self._engine.begin() as connection:
                if self._is_new(connection, heard):
                    handle(connection, heard)
            crash.point("reception.reacted")
            with self._engine.begin() as connection:
                note_new(connection, [heard])

    def _is_new(self, connection: Connection, heard: Heard) -> bool:
        found = connection.exec_driver_sql(
            "SELECT 1 FROM inbox WHERE source = %s AND id = %s",
            (heard.envelope.source, heard.envelope.id),
        )
        return found.one_or_none() is None

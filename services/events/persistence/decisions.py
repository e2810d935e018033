"""The waiting lists' account: rows that are only ever added."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, insert, select

from services.events.domain.waiting_list import Decision, Reason
from services.events.persistence.tables import waiting_list_decision as table


class SqlDecisions:
    """Decisions in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def add(self, *decisions: Decision) -> None:
        """Append rows in one statement."""
        rows = [
            {
                "library_event_id": decision.library_event_id,
                "registration_id": decision.registration_id,
                "at": decision.at,
                "reason": decision.reason,
                "numbers": dict(decision.numbers),
            }
            for decision in decisions
        ]
        if rows:
            self._connection.execute(insert(table), rows)

    def of(self, registration_id: UUID) -> Sequence[Decision]:
        """Return what was decided about a sign-up, oldest first."""
        columns = (table.c.library_event_id, table.c.at, table.c.reason, table.c.numbers)
        found = select(*columns).where(table.c.registration_id == registration_id)
        return [
            Decision(
                library_event_id=library_event_id,
                registration_id=registration_id,
                at=at,
                reason=Reason(reason),
                numbers=numbers,
            )
            for library_event_id, at, reason, numbers in self._connection.execute(
                found.order_by(table.c.position)
            )
        ]

"""What became of every room an activity asked for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from services.booking.domain.ports import RoomRequestOutcome
from shared.kernel.identifiers import lock_key
from shared.kernel.time_span import TimeSpan

FIND = (
    "SELECT outcome, reservation_id, lower(held) AS held_from, upper(held) AS held_until,"
    " replaced_by FROM room_request WHERE request_id = %(request_id)s"
)
KEEP = (
    "INSERT INTO room_request (request_id, library_event_id, outcome, reservation_id, at, held,"
    " replaced_by)"
    " VALUES (%(request_id)s, %(library_event_id)s, %(outcome)s, %(reservation_id)s, %(at)s,"
    " CASE WHEN %(held_from)s::timestamptz IS NOT NULL"
    " THEN tstzrange(%(held_from)s, %(held_until)s) END, %(replaced_by)s)"
    " ON CONFLICT (request_id) DO UPDATE"
    " SET outcome = excluded.outcome, reservation_id = excluded.reservation_id, at = excluded.at,"
    " held = excluded.held, replaced_by = excluded.replaced_by"
)


class SqlRoomRequests:
    """Requests for rooms on a connection; see domain/ports.py."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def lock(self, request_id: UUID) -> RoomRequestOutcome | None:
        """Return what became of a request; nobody else deals with it until the end."""
        key = lock_key("room_request", str(request_id))
        self._connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%(key)s)", {"key": key})
        row = self._connection.exec_driver_sql(FIND, {"request_id": request_id}).one_or_none()
        if row is None:
            return None
        held = row.held_from and TimeSpan(row.held_from, row.held_until)
        return RoomRequestOutcome(row.outcome, row.reservation_id, held, row.replaced_by)

    def keep(
        self, request_id: UUID, library_event_id: UUID, outcome: RoomRequestOutcome, at: datetime
    ) -> None:
        """Insert or replace."""
        self._connection.exec_driver_sql(
            KEEP,
            {
                "request_id": request_id,
                "library_event_id": library_event_id,
                "outcome": outcome.outcome,
                "reservation_id": outcome.reservation_id,
                "at": at,
                "held_from": outcome.held and outcome.held.start,
                "held_until": outcome.held and outcome.held.end,
                "replaced_by": outcome.replaced_by,
            },
        )

"""What became of every room an activity asked for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from services.booking.domain.ports import RoomRequestOutcome
from shared.kernel.identifiers import lock_key

FIND = "SELECT outcome, reservation_id FROM room_request WHERE request_id = %(request_id)s"
KEEP = (
    "INSERT INTO room_request (request_id, library_event_id, outcome, reservation_id, at)"
    " VALUES (%(request_id)s, %(library_event_id)s, %(outcome)s, %(reservation_id)s, %(at)s)"
    " ON CONFLICT (request_id) DO UPDATE"
    " SET outcome = excluded.outcome, reservation_id = excluded.reservation_id, at = excluded.at"
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
        return None if row is None else RoomRequestOutcome(row.outcome, row.reservation_id)

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
            },
        )

"""Tickets shown at doors as rows."""

from collections.abc import Sequence
from dataclasses import fields
from uuid import UUID

from sqlalchemy import Connection, func, insert, select

from services.events.domain.door import DoorScan, Outcome
from services.events.persistence.tables import attendance
from services.events.persistence.tables import door_scan as table

_FIELDS = tuple(field.name for field in fields(DoorScan))
# A release before this one did not keep whose ticket it was: the attendance it led to knows.
_WHOSE = func.coalesce(table.c.registration_id, attendance.c.registration_id)


class SqlScans:
    """Settled scans in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def of(self, library_event_id: UUID, scan_ids: Sequence[UUID]) -> Sequence[DoorScan]:
        """Return the scans of an activity that were settled under these ids."""
        kept = [table.c[name] for name in _FIELDS if name != "registration_id"]
        found = (
            select(*kept, _WHOSE.label("registration_id"))
            .select_from(table.outerjoin(attendance, attendance.c.id == table.c.attendance_id))
            .where(table.c.library_event_id == library_event_id, table.c.scan_id.in_(scan_ids))
        )
        return [
            DoorScan(**row | {"outcome": Outcome(row["outcome"])})
            for row in map(dict, self._connection.execute(found).mappings())
        ]

    def add(self, *scans: DoorScan) -> None:
        """Insert their rows in one statement."""
        rows = [{name: getattr(scan, name) for name in _FIELDS} for scan in scans]
        if rows:
            self._connection.execute(insert(table), rows)

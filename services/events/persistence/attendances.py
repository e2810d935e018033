"""Presences as rows, and back."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from services.events.domain.attendance import Attendance, Measure, Method
from services.events.domain.headcount import Headcount
from services.events.persistence.tables import attendance as table
from services.events.persistence.tables import headcount as counts
from services.events.persistence.tables import wrong_attendance_code as tries

_FIELDS = tuple(field.name for field in fields(Attendance))
_COLUMNS = tuple(table.c[name] for name in _FIELDS)


class SqlAttendances:
    """Presences in PostgreSQL, by name and by count."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def get(self, attendance_id: UUID) -> Attendance | None:
        """Return an attendance, voided or not."""
        found = self._all(select(*_COLUMNS).where(table.c.id == attendance_id))
        return found[0] if found else None

    def add(self, *attendances: Attendance) -> None:
        """Insert their rows in one statement."""
        rows = [{name: getattr(each, name) for name in _FIELDS} for each in attendances]
        if rows:
            self._connection.execute(insert(table), rows)

    def save(self, attendance: Attendance) -> None:
        """Keep that it was voided."""
        changed = update(table).where(table.c.id == attendance.id)
        self._connection.execute(
            changed.values(voided_at=attendance.voided_at, void_reason=attendance.void_reason)
        )

    def standing(self, library_event_id: UUID, patrons: Sequence[UUID]) -> Sequence[Attendance]:
        """Return these persons' attendances that were not voided."""
        return self._all(
            select(*_COLUMNS).where(
                table.c.library_event_id == library_event_id,
                table.c.patron_id.in_(patrons),
                table.c.voided_at.is_(None),
            )
        )

    def wrong_codes(self, library_event_id: UUID, patron_id: UUID) -> int:
        """Return how often a person has sent a wrong code."""
        found = select(tries.c.times).where(
            tries.c.library_event_id == library_event_id, tries.c.patron_id == patron_id
        )
        return self._connection.execute(found).scalar() or 0

    def add_wrong_code(self, library_event_id: UUID, patron_id: UUID) -> None:
        """Count one more in the person's row."""
        first = upsert(tries).values(
            library_event_id=library_event_id, patron_id=patron_id, times=1
        )
        one_more = {"times": tries.c.times + 1}
        self._connection.execute(
            first.on_conflict_do_update(index_elements=list(tries.primary_key), set_=one_more)
        )

    def add_headcount(self, headcount: Headcount) -> None:
        """Insert a count behind the earlier ones."""
        row = {field.name: getattr(headcount, field.name) for field in fields(headcount)}
        self._connection.execute(insert(counts).values(row))

    def latest_headcount(self, library_event_id: UUID) -> Headcount | None:
        """Return the count that holds."""
        found = (
            select(*(counts.c[each.name] for each in fields(Headcount)))
            .where(counts.c.library_event_id == library_event_id)
            .order_by(counts.c.position.desc())
            .limit(1)
        )
        row = self._connection.execute(found).mappings().first()
        return None if row is None else Headcount(**row)

    def measure(self, library_event_id: UUID) -> Measure:
        """Count the names that stand, and read the latest count."""
        names = (
            select(func.count())
            .where(table.c.library_event_id == library_event_id, table.c.voided_at.is_(None))
            .scalar_subquery()
        )
        latest = (
            select(counts.c.anonymous)
            .where(counts.c.library_event_id == library_event_id)
            .order_by(counts.c.position.desc())
            .limit(1)
            .scalar_subquery()
        )
        known, counted = self._connection.execute(select(names, latest)).one()
        return Measure(names=known, headcount=counted)

    def _all(self, statement: Select[Any]) -> list[Attendance]:
        return [_to_domain(row) for row in self._connection.execute(statement)]


def _to_domain(row: Row[Any]) -> Attendance:
    values = dict(zip(_FIELDS, row, strict=True))
    return Attendance(**values | {"method": Method(values["method"])})

"""Appointments in and out of their table."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, case, delete, func, literal, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from gateway.domain.appointment import Appointment, Standing
from gateway.persistence.notice_tables import appointment as table


class SqlAppointments:
    """What people have, on a connection."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def keep(self, appointment: Appointment, *, in_calendars: bool) -> int | None:
        """Keep it unless something later is known (then None); return its calendar sequence."""
        row = asdict(appointment)
        if not in_calendars:
            row["calendar_sequence"] -= 1  # the first that calendars are told may be its own
        told = insert(table).values(row)
        latest = case(
            (
                literal(in_calendars),
                func.greatest(told.excluded.calendar_sequence, table.c.calendar_sequence + 1),
            ),
            else_=table.c.calendar_sequence,
        )
        changed = {name: told.excluded[name] for name in row} | {"calendar_sequence": latest}
        statement = told.on_conflict_do_update(
            index_elements=["patron_id", "subject_id"],
            set_=changed,
            where=table.c.heard < told.excluded.heard,
        ).returning(table.c.calendar_sequence)
        sequence: int | None = self._connection.execute(statement).scalar_one_or_none()
        return sequence

    def standing(self, patron_id: UUID, subject_id: UUID) -> Standing | None:
        """Return how it stands with an appointment; None for one that was never heard of."""
        theirs = (table.c.patron_id == patron_id, table.c.subject_id == subject_id)
        query = select(table.c.standing).where(*theirs)
        found = self._connection.execute(query).scalar_one_or_none()
        return None if found is None else Standing(found)

    def lock_due(self, now: datetime, most: int) -> Sequence[Appointment]:
        """Return confirmed ones to remind of, locked; skips locked ones and what has begun."""
        query = (
            select(table)
            .where(
                table.c.remind_at <= now,
                table.c.starts_at > now,
                table.c.standing == Standing.CONFIRMED.value,
            )
            .order_by(table.c.remind_at)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        return [to_appointment(row) for row in self._connection.execute(query).mappings()]

    def reminded(self, appointments: Sequence[Appointment]) -> None:
        """Note that these need no reminder any more."""
        keys = [(one.patron_id, one.subject_id) for one in appointments]
        these = tuple_(table.c.patron_id, table.c.subject_id).in_(keys)
        self._connection.execute(update(table).where(these).values(remind_at=None))

    def forget_before(self, instant: datetime) -> int:
        """Forget what started before; return how many."""
        return self._connection.execute(delete(table).where(table.c.starts_at < instant)).rowcount


def to_appointment(row: Mapping[Any, Any]) -> Appointment:
    """Return the appointment a row describes; the row may hold more."""
    fields = {column.name: row[column] for column in table.columns}
    return Appointment(**{**fields, "standing": Standing(fields["standing"])})

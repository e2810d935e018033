"""Sign-ups as rows, and back."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, update

from services.events.domain.registration import (
    LIVE,
    TAKING_A_PLACE,
    UNSETTLED,
    Registration,
    Status,
)
from services.events.domain.waiting_list import Tally
from services.events.persistence.tables import registration as table

_FIELDS = tuple(field.name for field in fields(Registration))
_COLUMNS = tuple(table.c[name] for name in _FIELDS)
_CHANGING = ("status", "changed_at", "offer_expires_at", "version")
_UPDATE = (
    update(table)
    .where(table.c.id == bindparam("key"))
    .values({name: bindparam(name) for name in _CHANGING})
)
_SORTED_LIVE = sorted(LIVE)


class SqlRegistrations:
    """Sign-ups in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def get(self, registration_id: UUID) -> Registration | None:
        """Return a sign-up as it is now."""
        found = self._all(select(*_COLUMNS).where(table.c.id == registration_id))
        return found[0] if found else None

    def add(self, registration: Registration) -> None:
        """Insert its row, behind all others."""
        row = {name: getattr(registration, name) for name in _FIELDS}
        self._connection.execute(insert(table).values(row))

    def save(self, *registrations: Registration) -> None:
        """Update their rows in one statement; each version rises by one."""
        for registration in registrations:
            registration.version += 1
        rows = [
            {"key": registration.id} | {name: getattr(registration, name) for name in _CHANGING}
            for registration in registrations
        ]
        if rows:
            self._connection.execute(_UPDATE, rows)

    def tally(self, library_event_id: UUID) -> Tally:
        """Add up what is taken and who waits."""
        taken = func.coalesce(
            func.sum(table.c.party_size).filter(table.c.status.in_(sorted(TAKING_A_PLACE))), 0
        )
        waiting = func.count().filter(table.c.status == Status.WAITLISTED)
        counted = select(taken, waiting).where(
            table.c.library_event_id == library_event_id, table.c.status.in_(_SORTED_LIVE)
        )
        places, signed_up = self._connection.execute(counted).one()
        return Tally(taken=places, waiting=signed_up)

    def waiting(self, library_event_id: UUID, limit: int) -> Sequence[Registration]:
        """Return the first who wait."""
        return self._all(
            _of(library_event_id).where(table.c.status == Status.WAITLISTED).limit(limit)
        )

    def live_of(self, library_event_id: UUID, patrons: Sequence[UUID]) -> Sequence[Registration]:
        """Return these persons' live sign-ups."""
        return self._all(
            _of(library_event_id).where(
                table.c.patron_id.in_(patrons), table.c.status.in_(_SORTED_LIVE)
            )
        )

    def with_tickets(self, codes: Sequence[str]) -> Sequence[Registration]:
        """Return the sign-ups that have these ticket codes."""
        return self._all(select(*_COLUMNS).where(table.c.ticket_code.in_(codes)))

    def unsettled(self, library_event_id: UUID) -> Sequence[Registration]:
        """Return all who have, wait for or are offered a place."""
        return self._all(_of(library_event_id).where(table.c.status.in_(sorted(UNSETTLED))))

    def expired_offers(self, library_event_id: UUID, now: datetime) -> Sequence[Registration]:
        """Return the offers of an activity whose time is over."""
        return self._all(
            _of(library_event_id).where(
                table.c.status == Status.OFFERED, table.c.offer_expires_at <= now
            )
        )

    def with_expired_offers(self, now: datetime) -> Sequence[UUID]:
        """Return the activities that have such offers."""
        due = (
            select(table.c.library_event_id)
            .where(table.c.status == Status.OFFERED, table.c.offer_expires_at <= now)
            .group_by(table.c.library_event_id)
            .order_by(func.min(table.c.offer_expires_at), table.c.library_event_id)
        )
        return self._connection.scalars(due).all()

    def _all(self, statement: Select[Any]) -> list[Registration]:
        return [to_domain(row) for row in self._connection.execute(statement)]


def to_domain(row: Row[Any]) -> Registration:
    """Return the sign-up a row keeps."""
    values = dict(zip(_FIELDS, row, strict=True))
    return Registration(**values | {"status": Status(values["status"])})


def _of(library_event_id: UUID) -> Select[Any]:
    in_order = select(*_COLUMNS).order_by(table.c.arrival)
    return in_order.where(table.c.library_event_id == library_event_id)

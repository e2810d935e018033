"""Closures as rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, select

from services.booking.domain.closure import Closure
from services.booking.domain.hours_book import HoursScope
from services.booking.persistence.reservation_tables import CLOSURE


class SqlClosures:
    """Closures on a connection; see domain/closure_ports.py."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def add(self, closure: Closure) -> None:
        """Insert."""
        names = {column.name for column in CLOSURE.columns} - {"scope_type", "scope_id"}
        values = {name: getattr(closure, name) for name in names}
        scope = {"scope_type": closure.scope.scope_type, "scope_id": closure.scope.scope_id}
        self._connection.execute(CLOSURE.insert().values({**values, **scope}))

    def lock(self, closure_id: UUID) -> Closure | None:
        """Return a closure nobody else changes until the end, or None."""
        found = select(CLOSURE).where(CLOSURE.c.id == closure_id).with_for_update()
        row = self._connection.execute(found).one_or_none()
        return None if row is None else _closure_from(row)

    def of_library(self, library_id: UUID) -> Sequence[Closure]:
        """Return a library's closures, the last days first."""
        found = select(CLOSURE).where(CLOSURE.c.library_id == library_id)
        ordered = found.order_by(CLOSURE.c.first_day.desc(), CLOSURE.c.id.desc())
        return [*map(_closure_from, self._connection.execute(ordered))]

    def unfinished(self) -> Sequence[UUID]:
        """Return those whose cancelling goes on, oldest first."""
        waiting = CLOSURE.c.finished_at.is_(None), CLOSURE.c.undone_at.is_(None)
        found = select(CLOSURE.c.id).where(*waiting).order_by(CLOSURE.c.created_at, CLOSURE.c.id)
        return self._connection.execute(found).scalars().all()

    def count_one(self, closure_id: UUID) -> None:
        """Note that one more reservation was cancelled."""
        self._change(closure_id, cancelled=CLOSURE.c.cancelled + 1)

    def finish(self, closure_id: UUID, at: datetime) -> None:
        """Say when all were."""
        self._change(closure_id, finished_at=at)

    def hand_exception_on(self, closure: Closure) -> bool:
        """Make the oldest other closure that stands on its exception the owner; False for none."""
        stands_on_it = (
            CLOSURE.c.exception_id == closure.exception_id,
            CLOSURE.c.id != closure.id,
            CLOSURE.c.undone_at.is_(None),
        )
        oldest = select(CLOSURE.c.id).where(*stands_on_it).order_by(CLOSURE.c.created_at).limit(1)
        heir = CLOSURE.update().where(CLOSURE.c.id == oldest.scalar_subquery())
        return self._connection.execute(heir.values(owns_exception=True)).rowcount > 0

    def note_undone(self, closure_id: UUID, at: datetime) -> None:
        """Say when it was undone."""
        self._change(closure_id, undone_at=at)

    def _change(self, closure_id: UUID, **values: Any) -> None:
        changed = CLOSURE.update().where(CLOSURE.c.id == closure_id)
        self._connection.execute(changed.values(values))


def _closure_from(row: Row[Any]) -> Closure:
    values = dict(row._mapping)  # noqa: SLF001  # SQLAlchemy's public name
    scope = HoursScope(values.pop("scope_type"), values.pop("scope_id"))
    return Closure(scope=scope, **values)

"""Weekly hours and dated exceptions as rows."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, or_, select

from services.booking.domain.hours_book import (
    HoursBook,
    HoursException,
    HoursScope,
    Weekly,
    layer_of,
)
from services.booking.domain.opening_hours import DayException, WallSpan
from services.booking.domain.space import Library
from services.booking.persistence.inventory_tables import (
    FLOOR,
    HOURS_EXCEPTION,
    SPACE,
    WEEKLY_HOURS,
    ZONE,
)

Spans = list[list[int]]


class SqlHours:
    """Hours on a connection; see domain/inventory_ports.py."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def weekly(self, scope: HoursScope) -> Weekly:
        """Return what a scope says about weekdays."""
        rows = self._connection.execute(select(WEEKLY_HOURS).where(*_of(WEEKLY_HOURS, scope)))
        return {row.weekday: spans_from(row.spans) for row in rows}

    def set_weekly(self, scope: HoursScope, weekly: Weekly) -> None:
        """Replace what a scope says about weekdays."""
        self._connection.execute(WEEKLY_HOURS.delete().where(*_of(WEEKLY_HOURS, scope)))
        rows = [
            {**_scope_values(scope), "weekday": weekday, "spans": _spans_to(spans)}
            for weekday, spans in weekly.items()
        ]
        if rows:
            self._connection.execute(WEEKLY_HOURS.insert(), rows)

    def exceptions(self, scope: HoursScope) -> Sequence[HoursException]:
        """Return a scope's exceptions by first day."""
        found = select(HOURS_EXCEPTION).where(*_of(HOURS_EXCEPTION, scope)).order_by("first_day")
        return [*map(exception_from, self._connection.execute(found))]

    def exception(self, exception_id: UUID) -> HoursException | None:
        """Return an exception, or None."""
        found = select(HOURS_EXCEPTION).where(HOURS_EXCEPTION.c.id == exception_id)
        row = self._connection.execute(found).one_or_none()
        return None if row is None else exception_from(row)

    def add_exception(self, exception: HoursException) -> None:
        """Insert."""
        self._connection.execute(
            HOURS_EXCEPTION.insert().values(
                id=exception.id,
                **_scope_values(exception.scope),
                first_day=exception.first_day,
                last_day=exception.last_day,
                name_zh=exception.name_zh,
                name_en=exception.name_en,
                spans=_spans_to(exception.hours.spans),
                as_weekday=exception.hours.as_weekday,
            )
        )

    def remove_exception(self, exception_id: UUID) -> None:
        """Delete."""
        gone = HOURS_EXCEPTION.delete().where(HOURS_EXCEPTION.c.id == exception_id)
        self._connection.execute(gone)

    def book(self, library: Library) -> HoursBook:
        """Return all hours of a library, in two queries."""
        weekly: dict[HoursScope, dict[int, tuple[WallSpan, ...]]] = defaultdict(dict)
        exceptions: dict[HoursScope, list[HoursException]] = defaultdict(list)
        for row in self._connection.execute(_all_of(WEEKLY_HOURS, library.id)):
            weekly[HoursScope(row.scope_type, row.scope_id)][row.weekday] = spans_from(row.spans)
        for row in self._connection.execute(_all_of(HOURS_EXCEPTION, library.id)):
            found = exception_from(row)
            exceptions[found.scope].append(found)
        scopes = weekly.keys() | exceptions.keys()
        layers = {scope: layer_of(weekly[scope], exceptions[scope]) for scope in scopes}
        return HoursBook(library.zone_info, layers, library.id)


def _of(table: Any, scope: HoursScope) -> tuple[Any, Any]:
    return table.c.scope_type == scope.scope_type, table.c.scope_id == scope.scope_id


def _all_of(table: Any, library_id: UUID) -> Any:
    """Return the query for what a library, its zones and its spaces say in a table."""
    zones = select(ZONE.c.id).join(FLOOR).where(FLOOR.c.library_id == library_id)
    spaces = select(SPACE.c.id).where(SPACE.c.library_id == library_id)
    return select(table).where(
        or_(table.c.scope_id == library_id, table.c.scope_id.in_(zones.union_all(spaces)))
    )


def _scope_values(scope: HoursScope) -> dict[str, Any]:
    return {"scope_type": scope.scope_type, "scope_id": scope.scope_id}


def exception_from(row: Row[Any]) -> HoursException:
    """Return the exception a row holds."""
    return HoursException(
        id=row.id,
        scope=HoursScope(row.scope_type, row.scope_id),
        first_day=row.first_day,
        last_day=row.last_day,
        name_zh=row.name_zh,
        name_en=row.name_en,
        hours=DayException(spans_from(row.spans), row.as_weekday),
    )


def spans_from(spans: Spans) -> tuple[WallSpan, ...]:
    """Return the spans a column holds."""
    return tuple(WallSpan(opens, closes) for opens, closes in spans)


def _spans_to(spans: tuple[WallSpan, ...]) -> Spans:
    return [[span.opens, span.closes] for span in spans]

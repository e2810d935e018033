"""What a person runs, as it is read: their own activities; for staff, their libraries'."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, RowMapping, or_, true, tuple_

from services.events.persistence.tables import library_event
from services.events.queries.library_events import with_places

LATEST, SOONEST = "latest", "soonest"
ORDERS = (LATEST, SOONEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class MineFilter:
    """What of it is wanted; `since` and `until` bound the time it takes place in."""

    status: str | None = None
    programme: str | None = None
    room: str | None = None
    words: str | None = None
    """Part of a title, in either language, in any case."""
    since: datetime | None = None
    until: datetime | None = None
    order: str = LATEST


def run_by(
    connection: Connection,
    runs: ColumnElement[bool],
    wanted: MineFilter,
    *,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> Sequence[RowMapping]:
    """Return the activities a condition names, drafts too; `after` ended the page before."""
    place = tuple_(library_event.c.starts_at, library_event.c.id)
    soonest = wanted.order == SOONEST
    statement = with_places().where(runs, *_conditions(wanted))
    if after is not None:
        statement = statement.where(place > after if soonest else place < after)
    columns = (library_event.c.starts_at, library_event.c.id)
    ordered = statement.order_by(*(c.asc() if soonest else c.desc() for c in columns))
    return connection.execute(ordered.limit(limit)).mappings().all()


def run_by_person(
    patron_id: UUID, *, staff: bool, libraries: frozenset[UUID] | None
) -> ColumnElement[bool]:
    """Return the condition for what a person runs: their own; for staff, their libraries'."""
    own = library_event.c.organizer_id == patron_id
    if not staff:
        return own
    if libraries is None:
        return true()
    return or_(own, library_event.c.library_id.in_(sorted(libraries)))


def _conditions(wanted: MineFilter) -> list[ColumnElement[bool]]:
    activity = library_event.c
    conditions: list[ColumnElement[bool]] = []
    for column, value in (
        (activity.status, wanted.status),
        (activity.programme, wanted.programme),
        (activity.room_state, wanted.room),
    ):
        if value is not None:
            conditions.append(column == value)
    if wanted.words:
        conditions.append(
            or_(
                activity.title_zh.icontains(wanted.words, autoescape=True),
                activity.title_en.icontains(wanted.words, autoescape=True),
            )
        )
    if wanted.since is not None:
        conditions.append(activity.ends_at > wanted.since)
    if wanted.until is not None:
        conditions.append(activity.starts_at < wanted.until)
    return conditions

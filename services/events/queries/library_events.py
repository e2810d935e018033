"""Activities as everybody reads them: the public calendar, one of them, a feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    func,
    select,
    true,
    tuple_,
)

from services.events.domain.library_event import Status
from services.events.domain.registration import TAKING_A_PLACE
from services.events.domain.registration import Status as SignUpStatus
from services.events.persistence.tables import library_event, registration, space

PUBLIC = (Status.PUBLISHED, Status.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFilter:
    """What a visitor wants to see; `since` and `until` bound the time it takes place in."""

    since: datetime
    until: datetime | None = None
    programme: str | None = None
    library_id: UUID | None = None
    space_kind: str | None = None


def one(connection: Connection, library_event_id: UUID) -> RowMapping | None:
    """Return an activity, whatever its status."""
    return (
        connection.execute(with_places().where(library_event.c.id == library_event_id))
        .mappings()
        .first()
    )


def calendar(
    connection: Connection,
    wanted: CalendarFilter,
    *,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> Sequence[RowMapping]:
    """Return published activities by start; `after` is the last one of the page before."""
    statement = with_places().where(library_event.c.status.in_(PUBLIC), *_conditions(wanted))
    if after is not None:
        statement = statement.where(_place() > after)
    return (
        connection.execute(
            statement.order_by(library_event.c.starts_at, library_event.c.id).limit(limit)
        )
        .mappings()
        .all()
    )


def for_feed(connection: Connection, wanted: CalendarFilter, *, limit: int) -> Sequence[RowMapping]:
    """Return what a calendar feed shows: published activities, and cancelled ones as cancelled."""
    statement = (
        select(library_event, space.c.name_zh, space.c.name_en)
        .outerjoin(space, space.c.id == library_event.c.space_id)
        .where(
            library_event.c.status.in_((*PUBLIC, Status.CANCELLED)),
            *_conditions(wanted),
        )
        .order_by(library_event.c.starts_at, library_event.c.id)
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def with_places() -> Select[Any]:
    """Return activities with how full they are and what their space is called."""
    counted = (
        select(
            func.coalesce(
                func.sum(registration.c.party_size).filter(
                    registration.c.status.in_(sorted(TAKING_A_PLACE))
                ),
                0,
            ).label("taken"),
            func.count().filter(registration.c.status == SignUpStatus.WAITLISTED).label("waiting"),
        )
        .where(registration.c.library_event_id == library_event.c.id)
        .lateral("counted")
    )
    return (
        select(
            library_event,
            space.c.name_zh.label("space_name_zh"),
            space.c.name_en.label("space_name_en"),
            counted.c.taken,
            counted.c.waiting,
        )
        .select_from(library_event)
        .outerjoin(space, space.c.id == library_event.c.space_id)
        .join(counted, true())
    )


def _place() -> Any:
    return tuple_(library_event.c.starts_at, library_event.c.id)


def _conditions(wanted: CalendarFilter) -> list[ColumnElement[bool]]:
    conditions = [library_event.c.ends_at > wanted.since]
    if wanted.until is not None:
        conditions.append(library_event.c.starts_at < wanted.until)
    if wanted.programme is not None:
        conditions.append(library_event.c.programme == wanted.programme)
    if wanted.library_id is not None:
        conditions.append(library_event.c.library_id == wanted.library_id)
    if wanted.space_kind is not None:
        conditions.append(library_event.c.space_kind == wanted.space_kind)
    return conditions

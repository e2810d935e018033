"""Sign-ups as they are read: with the place in the line, the activity, and the list's account."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, Select, case, func, select

from services.events.domain.registration import Status
from services.events.persistence.tables import (
    library_event,
    registration,
    waiting_list_decision,
)


def of_patron(
    connection: Connection,
    patron_id: UUID,
    *,
    library_event_id: UUID | None,
    before: int | None,
    limit: int,
) -> Sequence[RowMapping]:
    """Return a person's sign-ups, the latest first; `before` is an `arrival`."""
    statement = _with_activity().where(registration.c.patron_id == patron_id)
    if library_event_id is not None:
        statement = statement.where(registration.c.library_event_id == library_event_id)
    if before is not None:
        statement = statement.where(registration.c.arrival < before)
    found = statement.order_by(registration.c.arrival.desc()).limit(limit)
    return connection.execute(found).mappings().all()


def one_of_patron(
    connection: Connection, registration_id: UUID, patron_id: UUID
) -> RowMapping | None:
    """Return a sign-up if it is this person's."""
    found = _with_activity().where(
        registration.c.id == registration_id, registration.c.patron_id == patron_id
    )
    return connection.execute(found).mappings().first()


def decisions_about(connection: Connection, registration_id: UUID) -> Sequence[RowMapping]:
    """Return what the waiting list decided about a sign-up, oldest first."""
    account = waiting_list_decision.c
    found = (
        select(account.at, account.reason, account.numbers)
        .where(account.registration_id == registration_id)
        .order_by(account.position)
    )
    return connection.execute(found).mappings().all()


def _with_activity() -> Select[Any]:
    activity = library_event.c
    return select(
        registration,
        position(),
        activity.status.label("activity_status"),
        activity.title_zh,
        activity.title_en,
        activity.programme,
        activity.place,
        activity.space_id,
        activity.starts_at,
        activity.ends_at,
        activity.timezone,
    ).join(library_event, library_event.c.id == registration.c.library_event_id)


def position() -> Any:
    """Where in the line who waits stands: 1 is next. One indexed count per row, not a query."""
    ahead = registration.alias("ahead")
    counted = (
        select(func.count() + 1)
        .where(
            ahead.c.library_event_id == registration.c.library_event_id,
            ahead.c.status == Status.WAITLISTED,
            ahead.c.arrival < registration.c.arrival,
        )
        .scalar_subquery()
    )
    return case((registration.c.status == Status.WAITLISTED, counted)).label("position")

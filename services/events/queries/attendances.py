"""Who was there, as it is read at the door."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, RowMapping, select

from services.events.persistence.tables import attendance, headcount


def of_library_event(
    connection: Connection,
    library_event_id: UUID,
    *,
    latest_first: bool,
    after: UUID | None,
    limit: int,
) -> Sequence[RowMapping]:
    """Return the attendances of an activity in the order they were recorded, voided ones too."""
    key = attendance.c.id
    statement = select(attendance).where(attendance.c.library_event_id == library_event_id)
    if after is not None:
        statement = statement.where(key < after if latest_first else key > after)
    ordered = statement.order_by(key.desc() if latest_first else key)
    return connection.execute(ordered.limit(limit)).mappings().all()


def latest_headcount(connection: Connection, library_event_id: UUID) -> RowMapping | None:
    """Return the count that holds, or None when nobody counted."""
    found = (
        select(headcount.c.anonymous, headcount.c.by_audience, headcount.c.counted_at)
        .where(headcount.c.library_event_id == library_event_id)
        .order_by(headcount.c.position.desc())
        .limit(1)
    )
    return connection.execute(found).mappings().first()

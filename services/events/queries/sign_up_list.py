"""An activity's sign-ups as those who run it read them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, RowMapping, select, true

from services.events.persistence.tables import attendance, registration, waiting_list_decision
from services.events.queries.registrations import position


def of_library_event(
    connection: Connection,
    library_event_id: UUID,
    *,
    statuses: Sequence[str] | None,
    after: int | None,
    limit: int | None,
) -> Sequence[RowMapping]:
    """Return sign-ups in order of arrival; `after` is an `arrival`, no limit means all.

    With each: the latest decision of the waiting list about it, and when the person came.
    """
    said = (
        select(
            waiting_list_decision.c.at.label("reason_at"),
            waiting_list_decision.c.reason,
            waiting_list_decision.c.numbers,
        )
        .where(waiting_list_decision.c.registration_id == registration.c.id)
        .order_by(waiting_list_decision.c.position.desc())
        .limit(1)
        .lateral("said")
    )
    came = (attendance.c.registration_id == registration.c.id) & attendance.c.voided_at.is_(None)
    statement = (
        select(
            registration,
            position(),
            said.c.reason_at,
            said.c.reason,
            said.c.numbers,
            attendance.c.id.label("attendance_id"),
            attendance.c.attended_at,
        )
        .select_from(
            registration.outerjoin(said, true()).outerjoin(
                attendance, (attendance.c.library_event_id == library_event_id) & came
            )
        )
        .where(registration.c.library_event_id == library_event_id)
    )
    if statuses:
        statement = statement.where(registration.c.status.in_(statuses))
    if after is not None:
        statement = statement.where(registration.c.arrival > after)
    found = statement.order_by(registration.c.arrival).limit(limit)
    return connection.execute(found).mappings().all()

"""What came of an activity, from sign-ups to attendance, as figures."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select

from services.events.domain.registration import Status
from services.events.persistence.tables import attendance, registration

HAD_A_PLACE = (Status.CONFIRMED, Status.ATTENDED, Status.NO_SHOW)
GAVE_UP = (Status.CANCELLED, Status.LAPSED)
GROUPS: Mapping[str, tuple[Status, ...]] = {
    "signed_up": tuple(Status),
    "had_a_place": HAD_A_PLACE,
    "came": (Status.ATTENDED,),
    "no_show": (Status.NO_SHOW,),
    "unsettled": (Status.CONFIRMED,),
    "offered": (Status.OFFERED,),
    "waiting": (Status.WAITLISTED,),
    "gave_up": GAVE_UP,
    "unserved": (Status.UNSERVED,),
}
"""Names of groups of sign-ups; `unsettled` have a place and it is not known whether they came."""


def sign_ups(connection: Connection, library_event_id: UUID) -> RowMapping:
    """Return, for each group, how many sign-ups and how many persons (`<name>_people`)."""
    columns: list[ColumnElement[Any]] = []
    for name, statuses in GROUPS.items():
        within = registration.c.status.in_(statuses)
        people = func.coalesce(func.sum(registration.c.party_size).filter(within), 0)
        columns += [func.count().filter(within).label(name), people.label(f"{name}_people")]
    counted = select(*columns).where(registration.c.library_event_id == library_event_id)
    return connection.execute(counted).mappings().one()


def walk_ins(connection: Connection, library_event_id: UUID) -> RowMapping:
    """Return how many came by name, with and without a sign-up; persons with their companions."""
    unannounced = attendance.c.registration_id.is_(None)
    people = func.sum(attendance.c.party_size)
    counted = select(
        func.count().label("named"),
        func.coalesce(people, 0).label("named_people"),
        func.count().filter(unannounced).label("walk_ins"),
        func.coalesce(people.filter(unannounced), 0).label("walk_ins_people"),
    ).where(attendance.c.library_event_id == library_event_id, attendance.c.voided_at.is_(None))
    return connection.execute(counted).mappings().one()

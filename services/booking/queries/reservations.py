"""Reservations as their holders and the staff look at them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from services.booking.domain.actor import Actor
from services.booking.domain.reservation import Reservation
from services.booking.persistence.reservation_rows import READ, reservation_from
from services.booking.persistence.reservations import SqlReservations
from shared.kernel.refusal import NotAllowed, NotFound

PLACE = (datetime, UUID)
"""What a place in the list is made of: start and id."""

_CONDITIONS: Mapping[str, str] = {
    "library_id": "r.library_id = %(library_id)s",
    "space_id": "r.space_id = %(space_id)s",
    "patron_id": "r.patron_id = %(patron_id)s",
    "status": "r.status = %(status)s",
    "ends_after": "upper(r.during) > %(ends_after)s",
    "starts_before": "lower(r.during) < %(starts_before)s",
    "libraries": "r.library_id = ANY(%(libraries)s)",
}
HISTORY = (
    "SELECT at, actor, change FROM reservation_history"
    " WHERE reservation_id = %(id)s ORDER BY position"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationFilter:
    """Which reservations are wanted; None asks for any.

    `whose` is mine or all, `order` (of their starts) asc or desc; `ends_after` and `starts_before`
    are themselves outside.
    """

    whose: str = "mine"
    order: str = "asc"
    library_id: UUID | None = None
    space_id: UUID | None = None
    patron_id: UUID | None = None
    status: str | None = None
    ends_after: datetime | None = None
    starts_before: datetime | None = None

    def given(self) -> dict[str, Any]:
        """Return what narrows the list, by the names of the conditions."""
        values = ((name, getattr(self, name, None)) for name in _CONDITIONS)
        return {name: value for name, value in values if value is not None}


def find(
    connection: Connection,
    actor: Actor,
    wanted: ReservationFilter,
    *,
    after: tuple[Any, ...] | None,
    limit: int,
) -> Sequence[Reservation]:
    """Return reservations in order of start; NotAllowed when somebody not staff asks for others'.

    `after` ended the page before.
    """
    values = {**wanted.given(), **_limits_of(actor, wanted)}
    conditions = [_CONDITIONS[name] for name in values]
    order = wanted.order
    if after is not None:
        values |= {"after_start": after[0], "after_id": after[1]}
        beyond = "<" if order == "desc" else ">"
        conditions.append(f"(lower(r.during), r.id) {beyond} (%(after_start)s, %(after_id)s)")
    query = (
        f"{READ} WHERE {' AND '.join(conditions) or 'true'}"
        f" ORDER BY lower(r.during) {order}, r.id {order} LIMIT %(limit)s"
    )
    rows = connection.exec_driver_sql(query, {**values, "limit": limit})
    return [*map(reservation_from, rows)]


def visible(connection: Connection, reservation_id: UUID, actor: Actor) -> Reservation:
    """Return a reservation; raises NotFound if it is not there, or not the actor's to see."""
    found = SqlReservations(connection).find(reservation_id)
    if found is None:
        raise NotFound(id=str(reservation_id))
    actor.insist_sees(found)
    return found


def history(connection: Connection, reservation_id: UUID) -> Sequence[Mapping[str, Any]]:
    """Return what has happened to a reservation, oldest first."""
    rows = connection.exec_driver_sql(HISTORY, {"id": reservation_id}).mappings()
    return [dict(row) for row in rows]


def _limits_of(actor: Actor, wanted: ReservationFilter) -> Mapping[str, Any]:
    # Who names somebody else asks for theirs, whatever `whose` says: never silently for one's own.
    others = wanted.whose == "all" or wanted.patron_id not in {None, actor.id}
    if not others:
        return {"patron_id": actor.id}
    if not actor.staff:
        raise NotAllowed
    return {} if actor.libraries is None else {"libraries": list(actor.libraries)}

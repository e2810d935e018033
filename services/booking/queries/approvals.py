"""Requests that wait for the library's answer, each beside those who want the same time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from services.booking.domain.reservation import Reservation, Status
from services.booking.persistence.reservation_rows import READ, reservation_from

PLACE = (datetime, UUID)
"""What a place in the list is made of: start and id."""
WAITING = (
    f"{READ} WHERE r.library_id = %(library_id)s AND r.status = 'pending'"
    " AND r.expires_at > %(now)s"
    " AND (%(after_start)s::timestamptz IS NULL"
    " OR (lower(r.during), r.id) > (%(after_start)s, %(after_id)s))"
    " ORDER BY lower(r.during), r.id LIMIT %(limit)s"
)
RIVALS = (
    "SELECT r.id AS request_id, o.id, o.patron_id, o.party_size, o.status, o.created_at,"
    " lower(o.during) AS starts_at, upper(o.during) AS ends_at"
    " FROM reservation AS r JOIN reservation AS o"
    " ON o.space_id = r.space_id AND o.held && r.held AND o.id <> r.id"
    " WHERE r.id = ANY(%(ids)s) AND (o.active OR o.status = 'pending')"
    " ORDER BY o.created_at, o.id"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """Somebody who wants, or has, some of the same time."""

    reservation_id: UUID
    patron_id: UUID
    starts_at: datetime
    ends_at: datetime
    party_size: int
    status: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request and its rivals, who asked first foremost."""

    request: Reservation
    rivals: Sequence[Rival]

    @property
    def taken(self) -> bool:
        """Whether somebody holds some of that time already, so that it cannot be approved."""
        return any(rival.status != Status.PENDING.value for rival in self.rivals)


def waiting(
    connection: Connection,
    library_id: UUID,
    now: datetime,
    *,
    after: tuple[Any, ...] | None,
    limit: int,
) -> Sequence[Waiting]:
    """Return a library's requests in order of start, in two queries."""
    after_start, after_id = after or (None, None)
    place = {"after_start": after_start, "after_id": after_id, "limit": limit}
    rows = connection.exec_driver_sql(WAITING, {"library_id": library_id, "now": now, **place})
    requests = [*map(reservation_from, rows)]
    rivals = rivals_of(connection, [one.id for one in requests])
    return [Waiting(one, rivals.get(one.id, ())) for one in requests]


def rivals_of(connection: Connection, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Rival]]:
    """Return who else wants or has the time of some requests, by request."""
    found: dict[UUID, list[Rival]] = defaultdict(list)
    for row in connection.exec_driver_sql(RIVALS, {"ids": list(ids)}).mappings():
        values = dict(row)
        request_id = values.pop("request_id")
        found[request_id].append(Rival(reservation_id=values.pop("id"), **values))
    return found

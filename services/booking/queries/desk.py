"""A library's day at the desk: who is due, who is there, who did not come, who waits for an answer.

Four queries whatever the number of reservations.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from services.booking.domain.reservation import Reservation
from services.booking.domain.space import Library, Space
from services.booking.persistence.catalogue import read_catalogue
from services.booking.persistence.reservation_rows import READ, reservation_from
from services.booking.queries.approvals import Rival, rivals_of
from services.booking.queries.inventory import known_library
from services.booking.queries.occupancy import local_days

PLACE = (datetime, UUID)
"""What a place in the list is made of: start and id."""
SECTIONS = ("due", "expected", "here", "pending", "no_show", "left")

# Starting that day, or running into it. `due` may check in now; `here` is running; what is not
# asked to check in (an activity, some rules) is there as soon as it starts.
_DAY = f"""
    SELECT d.*, CASE
        WHEN status = 'pending' THEN 'pending'
        WHEN status = 'no_show' THEN 'no_show'
        WHEN status IN ('completed', 'left_early') THEN 'left'
        WHEN status IN ('checked_in', 'away') THEN 'here'
        WHEN check_in_from IS NULL AND starts_at <= %(now)s THEN 'here'
        WHEN check_in_from <= %(now)s THEN 'due'
        ELSE 'expected' END AS section
    FROM ({READ}
        WHERE r.library_id = %(library_id)s
        AND r.status IN ('pending', 'confirmed', 'checked_in', 'away', 'completed', 'left_early',
            'no_show')
        AND ((lower(r.during) >= %(start)s AND lower(r.during) < %(end)s)
            OR (r.active AND lower(r.during) < %(start)s AND upper(r.held) > %(start)s))
        ) AS d
"""
_COUNTS = f"SELECT section, count(*) AS entries FROM ({_DAY}) AS day GROUP BY section"
_ITEMS = f"""
    SELECT * FROM ({_DAY}) AS day
    WHERE (%(section)s::text IS NULL OR section = %(section)s)
    AND (%(after_start)s::timestamptz IS NULL
        OR (starts_at, id) > (%(after_start)s, %(after_id)s::uuid))
    ORDER BY starts_at, id LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Which part of the day is wanted: up to `limit` of a section (None: of all)."""

    section: str | None = None
    after: tuple[Any, ...] | None = None
    """The place where the page before ended."""
    limit: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One reservation of the day, the section it belongs to, its space, and its rivals."""

    section: str
    reservation: Reservation
    space: Space
    rivals: Sequence[Rival]


@dataclass(frozen=True, slots=True)
class Desk:
    """The day: how many in each section, and the entries of a page by start."""

    library: Library
    counts: Mapping[str, int]
    entries: Sequence[Entry]


def desk(
    connection: Connection, library_id: UUID, day: date | None, now: datetime, page: Page
) -> Desk:
    """Return a library's day (today when None); raises NotFound."""
    catalogue = read_catalogue(connection)
    library = known_library(catalogue, library_id)
    today = now.astimezone(library.zone_info).date()
    window = local_days(day or today, 1, library.zone_info)
    asked = {"library_id": library_id, "now": now, "start": window.start, "end": window.end}
    counts = connection.exec_driver_sql(_COUNTS, asked).all()
    after_start, after_id = page.after or (None, None)
    wanted = {"section": page.section, "limit": page.limit}
    wanted |= {"after_start": after_start, "after_id": after_id}
    rows = connection.exec_driver_sql(_ITEMS, {**asked, **wanted}).all()
    rivals = rivals_of(connection, [row.id for row in rows if row.section == "pending"])
    return Desk(
        library,
        {**dict.fromkeys(SECTIONS, 0), **{row.section: row.entries for row in counts}},
        [
            Entry(
                row.section,
                reservation_from(row),
                catalogue.terms[row.space_id].space,
                rivals.get(row.id, ()),
            )
            for row in rows
        ],
    )

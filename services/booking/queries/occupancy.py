"""When spaces are open and when they are held, for some days: the day grid and the week.

Two queries whatever the number of spaces, and nobody's name: only that a time is taken, and
whether it is the caller's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection

from services.booking.domain.opening_hours import OpeningHours, instant_of
from services.booking.persistence.busy import busy_as_json
from services.booking.persistence.catalogue import read_catalogue
from services.booking.queries.inventory import SpaceFilter, admitted, known_library
from shared.kernel.refusal import NotFound
from shared.kernel.time_span import TimeSpan


@dataclass(frozen=True, slots=True)
class Stretch:
    """From an instant until another, half-open."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceOccupancy:
    """One space, when it is open and when it is held."""

    space_id: UUID
    zone_id: UUID
    code: str
    name_zh: str
    name_en: str
    space_type: str
    space_kind: str
    capacity: int
    accessible: bool
    in_use: bool
    open: Sequence[Stretch]
    busy: msgspec.Raw
    """A JSON list of {starts_at, ends_at, own}, as the database wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupancy:
    """All spaces asked for, by code, over some local days of a library."""

    library_id: UUID
    timezone: str
    first_day: date
    days: int
    window: Stretch
    spaces: Sequence[SpaceOccupancy]


def occupancy(
    connection: Connection,
    wanted: SpaceFilter,
    first_day: date,
    days: int,
    patron_id: UUID | None = None,
) -> Occupancy:
    """Return the occupancy of the spaces a filter (with a library) admits; raises NotFound."""
    if wanted.library_id is None:
        raise NotFound
    catalogue = read_catalogue(connection)
    library = known_library(catalogue, wanted.library_id)
    window = local_days(first_day, days, library.zone_info)
    rows = [*admitted(catalogue, wanted)]
    held = busy_as_json(connection, [terms.space.id for terms in rows], window, patron_id)
    opening = _OpenStretches(window)
    return Occupancy(
        library_id=library.id,
        timezone=library.timezone,
        first_day=first_day,
        days=days,
        window=Stretch(window.start, window.end),
        spaces=[
            SpaceOccupancy(
                space_id=terms.space.id,
                zone_id=terms.space.zone_id,
                code=terms.space.code,
                name_zh=terms.space.name_zh,
                name_en=terms.space.name_en,
                space_type=terms.space.space_type,
                space_kind=terms.space.space_kind,
                capacity=terms.space.capacity,
                accessible=terms.space.accessible,
                in_use=terms.space.in_use,
                open=opening.of(terms.hours) if terms.space.in_use else (),
                busy=msgspec.Raw(held.get(terms.space.id, "[]").encode()),
            )
            for terms in rows
        ],
    )


class _OpenStretches:
    """Open stretches in a window, worked out once for all spaces that share their hours."""

    def __init__(self, window: TimeSpan) -> None:
        self._window = window
        self._known: dict[int, list[Stretch]] = {}

    def of(self, hours: OpeningHours) -> list[Stretch]:
        key = id(hours)  # the catalogue gives spaces that agree the same object
        if key not in self._known:
            spans = hours.open_spans_within(self._window)
            self._known[key] = [Stretch(span.start, span.end) for span in spans]
        return self._known[key]


def local_days(first_day: date, days: int, timezone: ZoneInfo) -> TimeSpan:
    """Return the span of so many whole local days."""
    last = first_day + timedelta(days=days)
    return TimeSpan(instant_of(first_day, 0, timezone), instant_of(last, 0, timezone))

"""What may hang beside a door for everybody to read: when, never who."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, text

from services.booking.domain.display_key import DisplayKey
from services.booking.domain.feed_key import hash_of
from services.booking.domain.space import Library, Space
from services.booking.persistence.catalogue import read_catalogue
from services.booking.persistence.display_keys import SqlDisplayKeys
from services.booking.queries.occupancy import local_days
from shared.kernel.refusal import NotFound
from shared.kernel.time_span import TimeSpan

_BUSY = text("""
    SELECT lower(during) AS starts_at, upper(during) AS ends_at
    FROM reservation
    WHERE active AND space_id = :space_id AND held && tstzrange(:now, :until)
    AND upper(during) > :now
    ORDER BY lower(during)
""")
FREE, TAKEN, CLOSED = "free", "taken", "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A space at an instant: its state, until when it stays so, and what is still to come today."""

    library: Library
    space: Space
    state: str
    until: datetime | None
    """When the state ends; None when it does not end today."""
    busy: Sequence[TimeSpan]
    open: Sequence[TimeSpan]


def door(connection: Connection, space_id: UUID, now: datetime) -> Door:
    """Return a space as its door shows it, in two queries; raises NotFound."""
    catalogue = read_catalogue(connection)
    terms = catalogue.terms_of(space_id)
    if terms is None:
        raise NotFound
    library = catalogue.libraries[terms.space.library_id]
    today = local_days(now.astimezone(library.zone_info).date(), 1, library.zone_info)
    rows = connection.execute(_BUSY, {"space_id": space_id, "now": now, "until": today.end})
    busy = [TimeSpan(row.starts_at, row.ends_at) for row in rows]
    open_today = terms.hours.open_spans_within(today) if terms.space.in_use else ()
    state, until = _state(busy, open_today, now)
    return Door(
        library=library, space=terms.space, state=state, until=until, busy=busy, open=open_today
    )


def display_may_show_code(connection: Connection, space_id: UUID, key: str | None) -> bool:
    """Tell whether a screen holds a key of this space."""
    return bool(key) and SqlDisplayKeys(connection).opens(hash_of(key or ""), space_id)


def keys_of(connection: Connection, space_id: UUID) -> Sequence[DisplayKey]:
    """Return the keys of the screens at a space, oldest first."""
    return SqlDisplayKeys(connection).of_space(space_id)


def _state(
    busy: Sequence[TimeSpan], open_today: Sequence[TimeSpan], now: datetime
) -> tuple[str, datetime | None]:
    if busy and busy[0].contains(now):
        return TAKEN, _end_of_run(busy)
    running = next((span for span in open_today if span.contains(now)), None)
    if running is None:
        return CLOSED, min((span.start for span in open_today if span.start > now), default=None)
    return FREE, min([running.end, *(span.start for span in busy)])


def _end_of_run(busy: Sequence[TimeSpan]) -> datetime:
    """Return when a run of reservations without a gap worth mentioning ends."""
    end = busy[0].end
    for following in busy[1:]:
        if following.start - end >= timedelta(minutes=1):
            break
        end = following.end
    return end

"""When spaces are held, for many spaces in one query."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text

from shared.kernel.time_span import TimeSpan

# The range condition is what the exclusion constraint's index answers.
_HELD = text("""
    SELECT space_id, lower(held) AS starts_at, upper(held) AS ends_at,
           patron_id = :patron_id AND purpose = 'patron' AS own
    FROM reservation
    WHERE active AND space_id = ANY(:space_ids) AND held && tstzrange(:start, :end)
    ORDER BY space_id, lower(held)
""")
_OWN = text("""
    SELECT lower(during) AS starts_at, upper(during) AS ends_at
    FROM reservation
    WHERE active AND purpose = 'patron' AND patron_id = :patron_id AND space_id IN
        (SELECT id FROM space WHERE space_type <> 'machine')
    AND lower(during) < :end AND upper(during) > :start
""")


@dataclass(frozen=True, slots=True)
class Busy:
    """A stretch in which a space is held; `own` when by the person who looks."""

    starts_at: datetime
    ends_at: datetime
    own: bool

    @property
    def span(self) -> TimeSpan:
        """The stretch."""
        return TimeSpan(self.starts_at, self.ends_at)


def busy_spans(
    connection: Connection,
    space_ids: Collection[UUID],
    window: TimeSpan,
    patron_id: UUID | None = None,
) -> Mapping[UUID, list[Busy]]:
    """Return what is held in a window, in order; a space that is free is missing."""
    found: dict[UUID, list[Busy]] = defaultdict(list)
    rows = connection.execute(
        _HELD,
        {
            "space_ids": list(space_ids),
            "start": window.start,
            "end": window.end,
            "patron_id": patron_id,
        },
    )
    for space_id, starts_at, ends_at, own in rows:
        found[space_id].append(Busy(starts_at, ends_at, bool(own)))
    return found


def own_spans(connection: Connection, patron_id: UUID, window: TimeSpan) -> list[TimeSpan]:
    """Return when a person is in some room or seat already."""
    asked = {"patron_id": patron_id, "start": window.start, "end": window.end}
    return [TimeSpan(row.starts_at, row.ends_at) for row in connection.execute(_OWN, asked)]

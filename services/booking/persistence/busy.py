"""When spaces are held, for many spaces in one query."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import Connection, text

from shared.kernel.time_span import TimeSpan

# The range condition is what the exclusion constraint's index answers.
_HELD = text("""
    SELECT space_id, lower(held) AS starts_at, upper(held) AS ends_at
    FROM reservation
    WHERE active AND space_id = ANY(:space_ids) AND held && tstzrange(:start, :end)
      AND (CAST(:but AS uuid) IS NULL OR id <> :but)
    ORDER BY space_id, lower(held)
""")
# Written out as JSON by the database: a week of a hundred rooms has thousands of stretches, and
# turning them into objects and back took three times as long as finding them.
_HELD_AS_JSON = text("""
    SELECT space_id, '[' || string_agg(
        '{"starts_at":"' || to_char(lower(held), 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        || '","ends_at":"' || to_char(upper(held), 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        || '","own":' || coalesce(patron_id = :patron_id AND purpose = 'patron', false) || '}',
        ',' ORDER BY held) || ']' AS stretches
    FROM reservation
    WHERE active AND space_id = ANY(:space_ids) AND held && tstzrange(:start, :end)
    GROUP BY space_id
""")
_OWN = text("""
    SELECT lower(during) AS starts_at, upper(during) AS ends_at
    FROM reservation
    WHERE active AND purpose = 'patron' AND patron_id = :patron_id AND space_id IN
        (SELECT id FROM space WHERE space_type <> 'machine')
    AND lower(during) < :end AND upper(during) > :start
    AND (CAST(:but AS uuid) IS NULL OR id <> :but)
""")


def busy_spans(
    connection: Connection,
    space_ids: Collection[UUID],
    window: TimeSpan,
    but: UUID | None = None,
) -> Mapping[UUID, list[TimeSpan]]:
    """Return what is held in a window, in order, all `but` one; a space that is free is missing."""
    asked = {"space_ids": list(space_ids), "start": window.start, "end": window.end, "but": but}
    found: dict[UUID, list[TimeSpan]] = defaultdict(list)
    for space_id, starts_at, ends_at in connection.execute(_HELD, asked).all():
        found[space_id].append(TimeSpan(starts_at, ends_at))
    return found


def busy_as_json(
    connection: Connection,
    space_ids: Collection[UUID],
    window: TimeSpan,
    patron_id: UUID | None,
) -> Mapping[UUID, str]:
    """Return, by space, a JSON list of {starts_at, ends_at, own}; a space that is free is missing.

    `own` is true for what is held by the person who looks.
    """
    asked = {
        "space_ids": list(space_ids),
        "start": window.start,
        "end": window.end,
        "patron_id": patron_id,
    }
    rows = connection.execute(_HELD_AS_JSON, asked)
    return {row.space_id: row.stretches for row in rows}


def own_spans(
    connection: Connection, patron_id: UUID, window: TimeSpan, but: UUID | None = None
) -> list[TimeSpan]:
    """Return when a person is in some room or seat already, by all reservations `but` one."""
    asked = {"patron_id": patron_id, "start": window.start, "end": window.end, "but": but}
    return [TimeSpan(row.starts_at, row.ends_at) for row in connection.execute(_OWN, asked)]

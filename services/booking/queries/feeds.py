"""What a person's calendar feed is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, text

from services.booking.domain.feed_key import hash_of
from shared.kernel.refusal import NotFound

KEPT_FOR = timedelta(days=30)
"""How long what is over or cancelled stays, so that calendars see it change."""
MOST_ENTRIES = 1000

_ENTRY = """
    SELECT reservation.id, calendar_uid, reservation.version, reservation.status, changed_at,
           lower(during) AS starts_at, upper(during) AS ends_at,
           space.name_zh, space.name_en, space.code,
           library.name_zh AS library_zh, library.name_en AS library_en
    FROM reservation
    JOIN space ON space.id = reservation.space_id
    JOIN library ON library.id = reservation.library_id
"""
_MINE = text(f"""
    {_ENTRY} JOIN feed_key USING (patron_id)
    WHERE key_hash = :key_hash AND purpose = 'patron' AND upper(during) > :since
        AND (active OR reservation.status IN ('pending', 'completed', 'left_early')
             OR changed_at > :since)
    ORDER BY lower(during) DESC, reservation.id
    LIMIT :most
""")
_ONE = text(f"{_ENTRY} WHERE reservation.id = :id AND patron_id = :patron_id")
_KEY = text("SELECT patron_id FROM feed_key WHERE key_hash = :key_hash")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One reservation as a calendar shows it."""

    uid: str
    sequence: int
    status: str
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    names: dict[str, str]
    """By language: the space."""
    libraries: dict[str, str]
    """By language: the library."""
    code: str


def entries_for(connection: Connection, key: str, now: datetime) -> Sequence[FeedEntry]:
    """Return the reservations of whom a feed key belongs to, in time order; raises NotFound."""
    key_hash = hash_of(key)
    owner: UUID | None = connection.execute(_KEY, {"key_hash": key_hash}).scalar_one_or_none()
    if owner is None:
        raise NotFound
    asked = {"key_hash": key_hash, "since": now - KEPT_FOR, "most": MOST_ENTRIES}
    rows = connection.execute(_MINE, asked).all()
    return [_entry_from(row) for row in reversed(rows)]


def entry_of(connection: Connection, reservation_id: UUID, patron_id: UUID) -> FeedEntry:
    """Return one of a person's reservations, as in their feed; raises NotFound for others'."""
    asked = {"id": reservation_id, "patron_id": patron_id}
    row = connection.execute(_ONE, asked).one_or_none()
    if row is None:
        raise NotFound(id=str(reservation_id))
    return _entry_from(row)


def _entry_from(row: Row[Any]) -> FeedEntry:
    return FeedEntry(
        uid=row.calendar_uid,
        sequence=row.version - 1,
        status=row.status,
        changed_at=row.changed_at,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        names={"zh-CN": row.name_zh, "en": row.name_en},
        libraries={"zh-CN": row.library_zh, "en": row.library_en},
        code=row.code,
    )

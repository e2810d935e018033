"""The gateway's small copies of spaces and activities: enough to tell people where to go."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSpace:
    """A space; `heard` is the sequence number of the message that described it."""

    space_id: UUID
    library_id: UUID
    timezone: str
    code: str
    name_zh: str
    name_en: str
    library_zh: str
    library_en: str
    heard: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownActivity:
    """An activity; `timezone` is its library's, None while no space of the library is known."""

    library_event_id: UUID
    library_id: UUID
    space_id: UUID | None
    title_zh: str
    title_en: str
    place: str
    starts_at: datetime
    ends_at: datetime
    calendar_sequence: int
    heard: int
    timezone: str | None = None

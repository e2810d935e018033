"""What this service knows of a space: a copy, kept from the booking service's messages."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """A space as the booking service last described it."""

    id: UUID
    library_id: UUID
    timezone: str
    """The library's IANA time zone."""
    code: str
    name_zh: str
    name_en: str
    space_type: str
    space_kind: str
    capacity: int
    in_use: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where an activity is, as every figure is split by it."""

    library_id: UUID
    timezone: str
    space_kind: str

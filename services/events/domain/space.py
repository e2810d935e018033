"""What this service knows of a space: a copy, kept from the booking service's messages."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from shared.kernel.wall_clock import on_the_wall


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

    def wall(self, instant: datetime) -> str:
        """Return an instant as it is shown to people: on the library's clock."""
        return wall_time(instant, self.timezone)


def wall_time(instant: datetime, timezone: str) -> str:
    """Return an instant on a time zone's clock, with its offset (RFC 3339)."""
    return on_the_wall(instant, ZoneInfo(timezone))

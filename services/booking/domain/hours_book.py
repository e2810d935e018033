"""All hours of one library: who says what, and one set of opening hours for spaces that agree."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from services.booking.domain.opening_hours import (
    DayException,
    HoursLayer,
    OpeningHours,
    WallSpan,
)
from shared.kernel.refusal import Refusal, Violation

SCOPE_TYPES = ("library", "zone", "space")
LONGEST_EXCEPTION_DAYS = 400
NOTHING_SAID = HoursLayer()

Weekly = Mapping[int, tuple[WallSpan, ...]]


class ExceptionOverlaps(Refusal):
    """The same library, zone or space already says something else about one of these days."""

    code: ClassVar[str] = "hours_exception_overlaps"
    status: ClassVar[int] = 409


@dataclass(frozen=True, slots=True)
class HoursScope:
    """Whose hours: a library's, a zone's or a space's."""

    scope_type: str
    scope_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursException:
    """Other hours from a first to a last local day, both included, and why."""

    id: UUID
    scope: HoursScope
    first_day: date
    last_day: date
    name_zh: str
    name_en: str
    hours: DayException

    def days(self) -> list[date]:
        """Return every day it speaks about."""
        length = (self.last_day - self.first_day).days + 1
        return [self.first_day + timedelta(days=n) for n in range(length)]

    def overlaps(self, other: "HoursException") -> bool:
        """Tell whether both speak about one day of the same scope."""
        same_scope = self.scope == other.scope
        return same_scope and self.first_day <= other.last_day and other.first_day <= self.last_day

    def says_the_same(self, other: "HoursException") -> bool:
        """Tell whether adding the other would change nothing."""
        mine, theirs = (
            (one.scope, one.first_day, one.last_day, one.hours) for one in (self, other)
        )
        return mine == theirs

    def violations(self) -> list[Violation]:
        """Return what keeps this from being an exception."""
        if self.first_day > self.last_day:
            days = {"first_day": str(self.first_day), "last_day": str(self.last_day)}
            return [Violation("days_reversed", days)]
        days_long = (self.last_day - self.first_day).days + 1
        if days_long > LONGEST_EXCEPTION_DAYS:
            limits = {"days": days_long, "most": LONGEST_EXCEPTION_DAYS}
            return [Violation("exception_too_long", limits)]
        return []


@dataclass(frozen=True, slots=True)
class HoursBook:
    """The layers of one library, found by scope."""

    timezone: ZoneInfo
    layers: Mapping[HoursScope, HoursLayer]
    library_id: UUID
    _known: dict[tuple[UUID | None, UUID | None], OpeningHours] = field(default_factory=dict)

    def of(self, zone_id: UUID, space_id: UUID) -> OpeningHours:
        """Return a space's hours; spaces that inherit the same ones share one object."""
        zone = HoursScope("zone", zone_id)
        space = HoursScope("space", space_id)
        key = (
            zone_id if zone in self.layers else None,
            space_id if space in self.layers else None,
        )
        if key not in self._known:
            scopes = (HoursScope("library", self.library_id), zone, space)
            layers = tuple(self.layers.get(scope, NOTHING_SAID) for scope in scopes)
            self._known[key] = OpeningHours(self.timezone, layers)
        return self._known[key]


def layer_of(weekly: Weekly, exceptions: list[HoursException]) -> HoursLayer:
    """Return what one scope says, day by day."""
    days = {day: exception.hours for exception in exceptions for day in exception.days()}
    return HoursLayer(dict(weekly), days)

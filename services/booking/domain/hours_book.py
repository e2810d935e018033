"""All hours of one library: who says what, and one set of opening hours for spaces that agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from services.booking.domain.opening_hours import (
    MINUTES_PER_DAY,
    DayException,
    HoursLayer,
    OpeningHours,
    WallSpan,
    merged_walls,
)
from services.booking.domain.space import Library, Space, Zone, insist
from shared.kernel.refusal import NotFound, Refusal, Violation

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
        if self.hours.as_weekday not in (None, *range(7)):
            return [Violation("unknown_weekday", {"weekday": self.hours.as_weekday})]
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


class Places(Protocol):
    """Enough of the inventory to find a scope's library."""

    def library(self, library_id: UUID) -> Library | None:
        """Return a library, or None."""
        ...

    def zone(self, zone_id: UUID) -> Zone | None:
        """Return a zone, or None."""
        ...

    def space(self, space_id: UUID) -> Space | None:
        """Return a space, or None."""
        ...


def library_of(scope: HoursScope, places: Places) -> UUID:
    """Return the library a scope belongs to; raises NotFound."""
    if scope.scope_type == "library" and (library := places.library(scope.scope_id)):
        return library.id
    if scope.scope_type == "zone" and (zone := places.zone(scope.scope_id)):
        return zone.library_id
    if scope.scope_type == "space" and (space := places.space(scope.scope_id)):
        return space.library_id
    raise NotFound


def weekly_from(weekly: Mapping[int, Sequence[tuple[int, int]]]) -> Weekly:
    """Return weekly hours from plain wall minutes; raises MakesNoSense."""
    unknown = [weekday for weekday in weekly if weekday not in range(7)]
    insist([Violation("unknown_weekday", {"weekday": weekday}) for weekday in unknown])
    return {weekday: spans_from(spans) for weekday, spans in weekly.items()}


def spans_from(spans: Sequence[tuple[int, int]]) -> tuple[WallSpan, ...]:
    """Return spans of a day in order, from plain wall minutes; raises MakesNoSense."""
    wrong = [pair for pair in spans if not 0 <= pair[0] < pair[1] <= MINUTES_PER_DAY]
    insist([Violation("hours_impossible", {"opens": a, "closes": b}) for a, b in wrong])
    return merged_walls(WallSpan(opens, closes) for opens, closes in spans)

"""What a visitor looks for: where, when, how long, how many; as read from the address."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import request, session

from gateway.clients.space_directory import Places
from gateway.pages import services
from gateway.pages.answers import clock, day, instant, one_of, whole_number
from gateway.pages.wording import here
from gateway.parts import current_parts

LENGTHS = (30, 60, 90, 120, 180, 240, 300)
TYPES = ("room", "seat", "machine")
OPENING = time(8, 0)
CLOSING = time(22, 0)
LATEST_START = time(21, 0)
LIBRARY = "library"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the visitor looks for; `timezone` is the library's, `minutes` the length of the stay."""

    library_id: str
    timezone: str
    day: date
    earliest: time
    latest: time
    minutes: int
    party: int
    space_type: str
    features: tuple[str, ...]

    def question(self) -> dict[str, Any]:
        """Return it as /availability takes it; until midnight when `latest` is 00:00."""
        until = self.day + timedelta(days=1) if self.latest == time(0, 0) else self.day
        return {
            "from": self.starts_at,
            "to": instant(until, self.latest, self.timezone),
            "minutes": self.minutes,
            "party": self.party,
            "library": self.library_id,
            "space_type": self.space_type,
            "features": ",".join(self.features),
            "limit": 20,
        }

    @property
    def starts_at(self) -> datetime:
        """The first instant that would do."""
        return instant(self.day, self.earliest, self.timezone)

    @property
    def ends_at(self) -> datetime:
        """The end of a stay that begins at once."""
        return self.starts_at + timedelta(minutes=self.minutes)

    def address(self, path: str, **changes: Any) -> str:
        """Return the address of a page that shows this wish, some of it changed."""
        wish = replace(self, **{k: v for k, v in changes.items() if k in self.__slots__})
        asked: list[tuple[str, Any]] = [
            ("library", wish.library_id),
            ("day", wish.day.isoformat()),
            ("earliest", f"{wish.earliest:%H:%M}"),
            ("latest", f"{wish.latest:%H:%M}"),
            ("minutes", wish.minutes),
            ("party", wish.party),
            ("space_type", wish.space_type),
            *(("feature", feature) for feature in wish.features),
            *((k, v) for k, v in changes.items() if k not in self.__slots__),
        ]
        return f"{path}?{urlencode(asked)}"


def read_wish(places: Places) -> Wish | None:
    """Return what the address asks for, sensible where it is silent; None without any library."""
    library = home_library(places, request.args.get("library"))
    if library is None:
        return None
    now = here(current_parts().clock.now(), library["timezone"])
    start = _next_half_hour(now)
    usual_day = now.date() + timedelta(days=1) if now.time() >= LATEST_START else now.date()
    return Wish(
        library_id=library["id"],
        timezone=library["timezone"],
        day=day("day", usual_day),
        earliest=clock("earliest", start),
        latest=clock("latest", CLOSING),
        minutes=whole_number("minutes", 60, most=24 * 60),
        party=whole_number("party", 1, most=1000),
        space_type=one_of(
            "space_type", (*TYPES, ""), "room" if "minutes" not in request.args else ""
        ),
        features=tuple(request.args.getlist("feature")[:20]),
    )


def home_library(places: Places, asked: str | None = None) -> dict[str, Any] | None:
    """Return the library asked for, else the one asked for last, else the largest around here.

    One that was defined since the inventory was read is asked for by itself.
    """
    for wanted in (asked, session.get(LIBRARY)):
        if wanted and wanted not in places.libraries:
            places = services.places_with(wanted)
        if wanted and wanted in places.libraries:
            session[LIBRARY] = wanted
            return places.libraries[wanted]
    around = current_parts().settings.timezone
    nearest = sorted(places.bookable_libraries(), key=lambda library: library["timezone"] != around)
    return next(iter(nearest), None)


def _next_half_hour(now: datetime) -> time:
    if not OPENING <= now.time() < LATEST_START:
        return OPENING
    rounded = now.replace(second=0, microsecond=0) + timedelta(minutes=29)
    return rounded.replace(minute=rounded.minute // 30 * 30).time()

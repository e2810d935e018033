"""What a visitor looks for: where, when, how long, how many; as read from the address."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import request, session

from gateway.clients.space_directory import Places
from gateway.pages import services
from gateway.pages.answers import clock_or_none, day, instant, one_of, whole_number
from gateway.pages.wording import here
from gateway.parts import current_parts

LENGTHS = (30, 60, 90, 120, 180, 240, 300)
TYPES = ("room", "seat", "machine")
LATEST_START = time(21, 0)
MIDNIGHT = time(0, 0)
LIBRARY = "library"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the visitor looks for; `timezone` is the library's, `minutes` the length of the stay.

    Times nobody chose stay open: the stay may lie anywhere in the day, of today in what is left.
    """

    library_id: str
    timezone: str
    soonest: datetime
    """The next half-hour there."""
    day: date
    earliest: time | None
    latest: time | None
    minutes: int
    party: int
    space_type: str
    features: tuple[str, ...]

    def question(self) -> dict[str, Any]:
        """Return it as /availability takes it; until midnight when `latest` is 00:00."""
        latest = self.latest or MIDNIGHT
        until = self.day + timedelta(days=1) if latest == MIDNIGHT else self.day
        return {
            "from": self.starts_at,
            "to": instant(until, latest, self.timezone),
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
        if self.earliest is None and self.day == self.soonest.date():
            return self.soonest
        return instant(self.day, self.earliest or MIDNIGHT, self.timezone)

    @property
    def times_chosen(self) -> list[tuple[str, time]]:
        """The times somebody chose, by the name of their field."""
        times = (("earliest", self.earliest), ("latest", self.latest))
        return [(name, at) for name, at in times if at is not None]

    def address(self, path: str, **changes: Any) -> str:
        """Return the address of a page that shows this wish, some of it changed."""
        wish = replace(self, **{k: v for k, v in changes.items() if k in self.__slots__})
        asked: list[tuple[str, Any]] = [
            ("library", wish.library_id),
            ("day", wish.day.isoformat()),
            *((name, f"{at:%H:%M}") for name, at in wish.times_chosen),
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
    usual_day = now.date() + timedelta(days=1) if now.time() >= LATEST_START else now.date()
    return Wish(
        library_id=library["id"],
        timezone=library["timezone"],
        soonest=_next_half_hour(now),
        day=day("day", usual_day),
        earliest=clock_or_none("earliest"),
        latest=clock_or_none("latest"),
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


def _next_half_hour(now: datetime) -> datetime:
    rounded = now.replace(second=0, microsecond=0) + timedelta(minutes=29)
    return rounded.replace(minute=rounded.minute // 30 * 30)

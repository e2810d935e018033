"""The form of an activity: what it says, what it starts with, and the plan it makes."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from gateway.pages import codes, services
from gateway.pages.answers import clock, day, identifier, one_of, values, whole_number
from gateway.pages.answers import instant as instant_at
from gateway.pages.wording import here, on_the_wire, today

ELSEWHERE = "elsewhere"
LOOK = "look"
"""The button of a form that looks for rooms and sends nothing."""
PADDINGS = (0, 15, 30, 45, 60, 90, 120)
A_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanForm:
    """What stands in the form; times are on the library's clock."""

    library_id: str
    timezone: str
    day: date
    last_day: date
    starts: time = time(18, 30)
    ends: time = time(20, 0)
    programme: str = "lecture"
    title_zh: str = ""
    title_en: str = ""
    description_zh: str = ""
    description_en: str = ""
    capacity: int = 30
    setup: int = 30
    teardown: int = 30
    kind: str = ""
    """The kind of space wanted; empty: any."""
    space_id: str = ""
    """A space of ours, or ELSEWHERE."""
    place: str = ""
    party_limit: int = 1
    opens: str = ""
    closes: str = ""
    """As a browser writes local times: 2026-11-25T18:30; empty: not said."""
    waiting_list: bool = True

    @property
    def starts_at(self) -> datetime:
        """The start as an instant."""
        return instant_at(self.day, self.starts, self.timezone)

    @property
    def ends_at(self) -> datetime:
        """The end as an instant."""
        return instant_at(self.last_day, self.ends, self.timezone)

    @property
    def is_backwards(self) -> bool:
        """Whether it would end before it starts: no room can be looked for then."""
        return self.ends_at <= self.starts_at

    @property
    def is_elsewhere(self) -> bool:
        """Whether no room of ours is chosen."""
        return self.space_id in {"", ELSEWHERE}

    def move(self) -> dict[str, Any]:
        """Return where and when it shall be, as the events service takes a move."""
        plan = self.plan()
        names = ("starts_at", "ends_at", "setup_minutes", "teardown_minutes", "space_id", "place")
        return {name: plan[name] for name in names}

    def plan(self) -> dict[str, Any]:
        """Return it as the events service takes a plan."""
        elsewhere = self.is_elsewhere
        return self.words() | {
            "programme": self.programme,
            "starts_at": on_the_wire(self.starts_at),
            "ends_at": on_the_wire(self.ends_at),
            "setup_minutes": self.setup,
            "teardown_minutes": self.teardown,
            "space_id": None if elsewhere else self.space_id,
            "place": self.place if elsewhere else "",
            "library_id": self.library_id,
            "space_kind": (self.kind or "learning") if elsewhere else None,
        }

    def words(self) -> dict[str, Any]:
        """Return what may still change once people have planned with it."""
        return {
            "title_zh": self.title_zh,
            "title_en": self.title_en,
            "description_zh": self.description_zh,
            "description_en": self.description_en,
            "capacity": self.capacity,
            "party_limit": self.party_limit,
            "waiting_list": self.waiting_list,
            "signup_opens_at": self._instant(self.opens),
            "signup_closes_at": self._instant(self.closes),
        }

    def _instant(self, local: str) -> str | None:
        if not local:
            return None
        wall = datetime.fromisoformat(local)
        return on_the_wire(instant_at(wall.date(), wall.time(), self.timezone))


def fresh_form(usual_library: str | None) -> PlanForm | None:
    """Return the form of a new activity: in a week, one evening; None without any library."""
    places = services.places_with(usual_library)
    libraries = places.bookable_libraries()
    if not libraries:
        return None
    library = (places.library(usual_library) if usual_library else {}) or libraries[0]
    in_a_week = today(library["timezone"]) + A_WEEK
    return PlanForm(
        library_id=library["id"],
        timezone=library["timezone"],
        day=in_a_week,
        last_day=in_a_week,
    )


def form_of(activity: dict[str, Any]) -> PlanForm:
    """Return the form as an activity fills it."""
    zone = activity["timezone"]
    start, end = here(activity["starts_at"], zone), here(activity["ends_at"], zone)
    return PlanForm(
        library_id=activity["library_id"],
        timezone=zone,
        day=start.date(),
        last_day=end.date(),
        starts=start.time(),
        ends=end.time(),
        programme=activity["programme"],
        title_zh=activity["title_zh"],
        title_en=activity["title_en"],
        description_zh=activity["description_zh"],
        description_en=activity["description_en"],
        capacity=activity["capacity"],
        setup=activity["setup_minutes"],
        teardown=activity["teardown_minutes"],
        kind=activity["space_kind"] if activity["space_id"] is None else "",
        space_id=activity["space_id"] or ELSEWHERE,
        place=activity["place"],
        party_limit=activity["party_limit"],
        opens=_local(activity["signup_opens_at"], zone),
        closes=_local(activity["signup_closes_at"], zone),
        waiting_list=activity["waiting_list"],
    )


def copy_of(activity: dict[str, Any]) -> PlanForm:
    """Return the form of the next one: the same weekday and hours, in the first week to come."""
    form = form_of(activity)
    weeks = max(1, (today(form.timezone) - form.day) // A_WEEK + 1)
    shift = weeks * A_WEEK
    return replace(
        form,
        day=form.day + shift,
        last_day=form.last_day + shift,
        opens="",
        closes=_shifted(form.closes, shift),
    )


def read_form(before: PlanForm) -> PlanForm:
    """Return what was sent; nonsense and what was not sent are as `before`."""
    asked = identifier("library")
    library = services.places_with(str(asked)).library(str(asked)) if asked else {}
    first = day("day", before.day)
    return replace(
        before,
        library_id=library.get("id", before.library_id),
        timezone=library.get("timezone", before.timezone),
        day=first,
        last_day=max(first, day("last_day", first)),
        starts=clock("starts", before.starts),
        ends=clock("ends", before.ends),
        programme=one_of("programme", codes.programmes(), before.programme),
        **{
            name: _text(name, getattr(before, name), most)
            for name, most in (
                ("title_zh", 300),
                ("title_en", 300),
                ("description_zh", 20_000),
                ("description_en", 20_000),
                ("place", 300),
            )
        },
        capacity=whole_number("capacity", before.capacity),
        setup=whole_number("setup", before.setup, least=0, most=1440),
        teardown=whole_number("teardown", before.teardown, least=0, most=1440),
        kind=one_of("kind", codes.space_kinds()),
        space_id=_space(before.space_id),
        party_limit=whole_number("party_limit", before.party_limit, most=100),
        opens=_wall("opens"),
        closes=_wall("closes"),
        waiting_list="waiting_list" in values(),
    )


def _space(before: str) -> str:
    chosen = values().get("space_id")
    if chosen is None:
        return before
    try:
        return str(UUID(chosen))
    except ValueError:
        return ELSEWHERE if chosen == ELSEWHERE else ""


def _text(name: str, before: str, most: int) -> str:
    return values().get(name, before).replace("\x00", "").strip()[:most]


def _wall(name: str) -> str:
    try:
        found = datetime.fromisoformat(values().get(name, ""))
    except ValueError:
        return ""
    if found.tzinfo is not None or not 2000 <= found.year < 2200:
        return ""
    return found.isoformat(timespec="minutes")


def _local(instant: str | None, zone: str) -> str:
    if instant is None:
        return ""
    return here(instant, zone).replace(tzinfo=None).isoformat(timespec="minutes")


def _shifted(local: str, shift: timedelta) -> str:
    if not local:
        return ""
    return (datetime.fromisoformat(local) + shift).isoformat(timespec="minutes")

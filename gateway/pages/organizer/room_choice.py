"""Which rooms an activity could have: large enough, and whether they are free from set-up on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gateway.pages import services
from gateway.pages.organizer.plan_form import PlanForm
from gateway.parts import current_parts

FREE, TAKEN, SHUT, PAST, UNKNOWN = "free", "taken", "shut", "past", "unknown"
MOST_OPTIONS = 20
_ORDER = (FREE, UNKNOWN, TAKEN, SHUT, PAST)


@dataclass(frozen=True, slots=True)
class RoomOption:
    """A room large enough, and how it stands with it at the time wanted."""

    space: Mapping[str, Any]
    state: str


@dataclass(frozen=True, slots=True)
class Hold:
    """What an activity holds already: it is in nobody's way when the activity moves."""

    space_id: str | None
    start: datetime
    end: datetime


def own_hold(activity: Mapping[str, Any]) -> Hold:
    """Return what an activity holds, from set-up to tear-down."""
    start, end = _instants(activity)
    before = timedelta(minutes=activity["setup_minutes"])
    after = timedelta(minutes=activity["teardown_minutes"])
    return Hold(activity["space_id"], start - before, end + after)


def room_options(form: PlanForm, held: Hold | None = None) -> list[RoomOption] | None:
    """Return the rooms that hold the people, free ones first, then by size; at most MOST_OPTIONS.

    How it stands is read from the booking service's day in one question. It is a help for choosing:
    who gets the room is decided when it is asked for. None when the service does not answer: that
    no room would do is not known then. What is `held` by the activity itself counts as free.
    """
    booking = services.booking()
    day = services.if_it_answers(lambda: booking.day(form.library_id, form.day, space_type="room"))
    if day is None:
        return None
    options = [
        RoomOption(space, _state(space, form, held))
        for space in day["spaces"]
        if space["in_use"]
        and space["capacity"] >= form.capacity
        and form.kind in {"", space["space_kind"]}
    ]
    options.sort(
        key=lambda one: (_ORDER.index(one.state), one.space["capacity"], one.space["code"])
    )
    return [
        option
        for number, option in enumerate(options)
        if number < MOST_OPTIONS or option.space["space_id"] == form.space_id
    ]


def _is_past(form: PlanForm) -> bool:
    """Tell whether it would have begun already: no room can be had then."""
    return form.starts_at <= current_parts().clock.now()


def _state(day: Mapping[str, Any], form: PlanForm, held: Hold | None) -> str:
    if _is_past(form):
        return PAST
    if form.last_day != form.day or form.is_backwards:
        return UNKNOWN
    start, end = form.starts_at, form.ends_at
    from_set_up = start - timedelta(minutes=form.setup)
    to_tear_down = end + timedelta(minutes=form.teardown)
    others = (busy for busy in day["busy"] if Hold(day["space_id"], *_instants(busy)) != held)
    if any(_overlaps(busy, from_set_up, to_tear_down) for busy in others):
        return TAKEN
    opens = any(_covers(stretch, start, end) for stretch in day["open"])
    return FREE if opens else SHUT


def _overlaps(stretch: Mapping[str, Any], start: datetime, end: datetime) -> bool:
    first, last = _instants(stretch)
    return first < end and start < last


def _covers(stretch: Mapping[str, Any], start: datetime, end: datetime) -> bool:
    first, last = _instants(stretch)
    return first <= start and end <= last


def _instants(stretch: Mapping[str, Any]) -> tuple[datetime, datetime]:
    return (
        datetime.fromisoformat(stretch["starts_at"]),
        datetime.fromisoformat(stretch["ends_at"]),
    )

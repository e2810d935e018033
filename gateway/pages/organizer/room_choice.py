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


def room_options(form: PlanForm) -> list[RoomOption] | None:
    """Return the rooms that hold the people, free ones first, then by size; at most MOST_OPTIONS.

    How it stands is read from the booking service's day in one question. It is a help for choosing:
    who gets the room is decided when it is asked for. None when the service does not answer: that
    no room would do is not known then.
    """
    booking = services.booking()
    day = services.if_it_answers(lambda: booking.day(form.library_id, form.day, space_type="room"))
    if day is None:
        return None
    options = [
        RoomOption(space, _state(space, form))
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


def _state(day: Mapping[str, Any], form: PlanForm) -> str:
    if _is_past(form):
        return PAST
    if form.last_day != form.day or form.is_backwards:
        return UNKNOWN
    start, end = form.starts_at, form.ends_at
    from_set_up = start - timedelta(minutes=form.setup)
    to_tear_down = end + timedelta(minutes=form.teardown)
    if any(_overlaps(busy, from_set_up, to_tear_down) for busy in day["busy"]):
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

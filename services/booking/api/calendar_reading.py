"""Read closed days out of somebody else's calendar (RFC 5545), component by component.

Calendars come from everywhere: whatever cannot be read is said in its place, and stops nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from icalendar import Calendar

from services.booking.api.hours_schemas import NAME_CHARS
from shared.kernel.refusal import Refusal

MOST_EVENTS = 200
"""So many are taken over at once; the rest is named, to be sent in a second calendar."""
READ_AS_ONE = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY"})
REPEATS = ("RRULE", "RDATE", "RECURRENCE-ID")
UNREADABLE = (ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError)
"""What the parser raises for values that are none."""


class CalendarUnreadable(Refusal):
    """The text is no calendar at all."""

    code: ClassVar[str] = "calendar_unreadable"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Whole days somebody calls by a name, from a first to a last, both included."""

    name: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class ReadComponent:
    """A component: what it is called, and its days, or the code of why there are none."""

    kind: str
    name: str
    days: ClosedDays | None
    code: str | None = None


def read_components(text: str) -> list[ReadComponent]:
    """Return every component of every calendar in a text; raises CalendarUnreadable."""
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        components = [
            component
            for calendar in calendars
            for component in calendar.walk()
            if component.name in READ_AS_ONE
        ]
    except (*UNREADABLE, RecursionError) as error:
        raise CalendarUnreadable from error
    if not calendars:
        raise CalendarUnreadable
    return [*_read_all(components)]


def _read_all(components: list[Any]) -> Iterator[ReadComponent]:
    taken = 0
    for component in components:
        read = _read(component)
        if read.days is not None and taken >= MOST_EVENTS:
            read = ReadComponent(read.kind, read.name, None, "too_many_components")
        taken += read.days is not None
        yield read


def _read(component: Any) -> ReadComponent:
    kind = str(component.name)
    try:
        name = " ".join(str(component.get("SUMMARY", "")).split())[:NAME_CHARS]
    except UNREADABLE:
        name = ""
    if (code := _objection(component, kind)) is not None:
        return ReadComponent(kind, name, None, code)
    try:
        first_day, last_day = _days(component)
    except UNREADABLE:
        return ReadComponent(kind, name, None, "component_unreadable")
    if first_day is None or last_day is None:
        return ReadComponent(kind, name, None, "not_whole_days")
    return ReadComponent(kind, name, ClosedDays(name or "—", first_day, last_day))


def _objection(component: Any, kind: str) -> str | None:
    if kind != "VEVENT":
        return "not_an_event"
    if any(name in component for name in REPEATS):
        return "repeats"
    try:
        cancelled = str(component.get("STATUS", "")).upper() == "CANCELLED"
    except UNREADABLE:
        cancelled = False
    return "event_cancelled" if cancelled else None


def _days(component: Any) -> tuple[date | None, date | None]:
    """Return first and last day; None where it is about times of day. DTEND is exclusive."""
    start = component.decoded("DTSTART")
    if not isinstance(start, date):
        raise TypeError(start)
    if isinstance(start, datetime):
        return None, None
    end = component.decoded("DTEND") if "DTEND" in component else None
    if end is None and "DURATION" in component:
        end = start + component.decoded("DURATION")
    if isinstance(end, datetime):
        return None, None
    last = start if end is None or end <= start else end - timedelta(days=1)
    return start, last

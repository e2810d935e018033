"""Reservations and closed days as calendars (RFC 5545), in UTC so that no time zone is needed."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event, vText

from services.booking.domain.hours_book import HoursException
from services.booking.domain.space import Library
from services.booking.queries.feeds import FeedEntry
from shared.kernel.calendar_file import calendar_file
from shared.web.language import CHINESE

NAMES = {"en": "My reservations", CHINESE: "我的预约"}
CLOSURES = {"en": "{name}: closed days", CHINESE: "{name} 闭馆日"}
CLOSED = {"en": "Closed: {reason}", CHINESE: "闭馆：{reason}"}
TENTATIVE = frozenset({"pending"})
CANCELLED = frozenset({"cancelled", "no_show", "released", "rejected", "expired"})
FETCH_AGAIN_AFTER = timedelta(minutes=15)


def of_reservations(entries: Sequence[FeedEntry], language: str, public_url: str) -> bytes:
    """Return a person's reservations; the same entries give the same bytes."""
    calendar = _calendar(NAMES[language])
    for entry in entries:
        appointment = Event()
        appointment.add("uid", entry.uid)
        appointment.add("sequence", entry.sequence)
        appointment.add(
            "dtstamp", entry.changed_at
        )  # not the present: nothing new, nothing changes
        appointment.add("last-modified", entry.changed_at)
        appointment.add("dtstart", entry.starts_at.astimezone(UTC))
        appointment.add("dtend", entry.ends_at.astimezone(UTC))
        appointment.add("summary", entry.names[language])
        appointment.add("location", f"{entry.libraries[language]}, {entry.code}")
        appointment.add("status", _status(entry.status))
        appointment.add("url", f"{public_url}/my-bookings")
        calendar.add_component(appointment)
    return calendar_file(calendar)


def of_closures(library: Library, closed: Sequence[HoursException], language: str) -> bytes:
    """Return a library's closed days as entries of whole days."""
    chinese = language == CHINESE
    name = library.name_zh if chinese else library.name_en
    calendar = _calendar(CLOSURES[language].format(name=name))
    for one in closed:
        appointment = Event()
        appointment.add("uid", f"{one.id}@hours.booking.atrium")
        appointment.add("dtstamp", datetime.combine(one.first_day, time(), UTC))
        appointment.add("dtstart", one.first_day)
        appointment.add("dtend", one.last_day + timedelta(days=1))
        reason = one.name_zh if chinese else one.name_en
        appointment.add("summary", CLOSED[language].format(reason=reason))
        appointment.add("transp", "TRANSPARENT")
        calendar.add_component(appointment)
    return calendar_file(calendar)


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Atrium//Reservations//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(name))  # nobody escapes what is not of the standard
    calendar.add("refresh-interval", FETCH_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    return calendar


def _status(status: str) -> str:
    if status in CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if status in TENTATIVE else "CONFIRMED"

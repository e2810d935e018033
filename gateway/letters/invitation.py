"""The calendar part of a letter (RFC 5545, RFC 5546): enter this, or take it out again."""

from datetime import UTC

from icalendar import Calendar, Event, vCalAddress, vText

from gateway.domain.notice import INVITES, WITHDRAWS, Kind, Notice
from gateway.letters.wording import Words
from shared.kernel.calendar_file import calendar_file


def method_of(notice: Notice) -> str | None:
    """Return REQUEST or CANCEL, or None for a letter without a calendar part.

    Who never had the appointment in a calendar, having only waited or asked, gets nothing to take
    out: whoever makes such a notice says that there was something.
    """
    if notice.kind is Kind.ACTIVITY_MOVED and not notice.details.get("has_a_place", False):
        return None
    if notice.kind in INVITES:
        return "REQUEST"
    if notice.kind in WITHDRAWS and notice.details.get("had_a_place", False):
        return "CANCEL"
    return None


def invitation(
    notice: Notice,
    words: Words,
    *,
    method: str,
    organizer: tuple[str, str],
    attendee: tuple[str, str],
) -> bytes:
    """Return the calendar object; organizer and attendee are (name, mail address).

    The attendee has accepted by booking: no calendar program shall ask them to answer.
    """
    entry = Event()
    entry.add("uid", notice.calendar_uid)
    entry.add("sequence", notice.calendar_sequence)
    entry.add("dtstamp", notice.created_at.astimezone(UTC))
    entry.add("dtstart", notice.starts_at.astimezone(UTC))
    if notice.ends_at is not None:
        entry.add("dtend", notice.ends_at.astimezone(UTC))
    entry.add("summary", words.what)
    if words.where:
        entry.add("location", words.where)
    entry.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    entry.add("organizer", _somebody(*organizer))
    guest = _somebody(*attendee)
    guest.params["PARTSTAT"] = vText("ACCEPTED")
    guest.params["RSVP"] = vText("FALSE")
    entry.add("attendee", guest)
    calendar = Calendar()
    calendar.add("prodid", "-//Atrium//Notices//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(entry)
    return calendar_file(calendar)


def _somebody(name: str, address: str) -> vCalAddress:
    somebody = vCalAddress(f"mailto:{address}")
    # A parameter's value cannot hold a quotation mark (RFC 5545, 3.2).
    somebody.params["CN"] = vText(name.replace('"', "'"))
    return somebody

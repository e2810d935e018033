"""A calendar as the bytes that leave the house (RFC 5545): the one way out for feeds and mail."""

from icalendar import Calendar

KEPT = "\t\r\n"
"""The blank that TEXT may hold, and the ends of lines that the form itself is made of."""
CONTROLS = {code: " " for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in KEPT}
"""What TEXT excludes (3.3.11), and the second set of controls: programs break lines at U+0085."""


def calendar_file(calendar: Calendar) -> bytes:
    """Return the calendar without controls, which people may have typed or pasted into a title.

    A blank takes the place of each, so that words stay apart. Line breaks in a text have been
    escaped by then: those that are left end lines.
    """
    written: bytes = calendar.to_ical()
    return written.decode().translate(CONTROLS).encode()

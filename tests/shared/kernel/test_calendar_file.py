"""No control leaves the house in a calendar, whatever was once pasted into a title (RFC 5545)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event, vText

from shared.kernel.calendar_file import calendar_file
from tests.outside.packs import strings

FIELDS = ("summary", "description", "location")
ALLOWED = "\t\r\n"
NEVER_STORED = ["Cs"]  # halves of characters: no UTF-8, so no database holds them
texts = st.text(st.characters(exclude_categories=NEVER_STORED))


def written(text: str) -> bytes:
    entry = Event()
    for field in FIELDS:
        entry.add(field, text)
    entry.add("categories", [text])
    calendar = Calendar()
    calendar.add("x-wr-calname", vText(text))
    calendar.add_component(entry)
    return calendar_file(calendar)


def assert_no_control(body: bytes) -> None:
    found = {letter for letter in body.decode() if unicodedata.category(letter) == "Cc"}
    assert found <= set(ALLOWED)
    assert b"\r" not in body.replace(b"\r\n", b"")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(map(len, body.split(b"\r\n"))) <= 75


@given(texts)
def test_no_control_is_left_and_lines_keep_their_form(text: str) -> None:
    assert_no_control(written(text))


@pytest.mark.parametrize("code", [0x00, 0x01, 0x08, 0x0B, 0x0C, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9F])
def test_a_blank_takes_the_place_of_a_control(code: int) -> None:
    [entry] = Calendar.from_ical(written(f"Poems{chr(code)}at dusk")).walk("VEVENT")
    assert [str(entry[field]) for field in FIELDS] == ["Poems at dusk"] * 3


def test_blanks_line_breaks_and_all_writing_stay() -> None:
    text = "读诗\tat dusk\n第二行 🌙, \u2028; e\u0301"
    [entry] = Calendar.from_ical(written(text)).walk("VEVENT")
    assert [str(entry[field]) for field in FIELDS] == [text] * 3


def test_strings_that_hurt_programs_elsewhere_lose_their_controls() -> None:
    for text in strings():
        assert_no_control(written(text))

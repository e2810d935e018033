"""Days within sentences: as people say them, never as machines write them."""

from datetime import date, timedelta

import pytest
from babel.dates import format_skeleton

from shared.web.days import day_in_words, in_words

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("written", "english", "chinese"),
    [
        ("2026-11-27", "Fri, Nov 27", "11月27日周五"),
        ("2027-01-03", "Sun, Jan 3, 2027", "2027年1月3日周日"),
        ("2026-11-27T09:30+08:00", "Fri, Nov 27 09:30", "11月27日周五 09:30"),
        ("2026-11-27T09:30:00+08:00", "Fri, Nov 27 09:30", "11月27日周五 09:30"),
    ],
)
def test_a_day_or_instant_is_said_as_people_say_it(
    written: str, english: str, chinese: str
) -> None:
    assert in_words(written, "en", TODAY) == english
    assert in_words(written, "zh-CN", TODAY) == chinese


@pytest.mark.parametrize(("language", "locale"), [("en", "en"), ("zh-CN", "zh_CN")])
def test_days_are_said_as_the_pages_say_them(language: str, locale: str) -> None:
    for number in range(800):
        day = TODAY + timedelta(days=number)
        skeleton = "MMMEd" if day.year == TODAY.year else "yMMMEd"
        assert day_in_words(day, language, TODAY) == format_skeleton(skeleton, day, locale=locale)


@pytest.mark.parametrize(
    "text", ["2026-99-99", "2026-11-27x", "room 2026-11-27", "09:00–12:00", "", "٢٠٢٦-١١-٢٧"]
)
def test_what_is_no_day_stays_as_it_is(text: str) -> None:
    assert in_words(text, "en", TODAY) == text

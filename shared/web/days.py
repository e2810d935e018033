"""Days and instants within a sentence, as people say them: Fri, Nov 27 and 11月27日周五.

As CLDR says them, and so the gateway's pages; the services need a weekday's name and no more of it.
"""

import re
from datetime import date

from shared.web.language import CHINESE

# A day, or an instant on a wall clock: in a sentence its offset says nothing to people.
_DAY_OR_INSTANT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?[+-]\d\d:\d\d)?", re.ASCII
)
_WEEKDAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    CHINESE: ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def in_words(text: str, language: str, today: date) -> str:
    """Return a day or wall-clock instant in ISO 8601 as people say it; any other text as it is.

    The year is said when it is not today's.
    """
    found = _DAY_OR_INSTANT.fullmatch(text)
    if found is None:
        return text
    try:
        day = date.fromisoformat(found[1])
    except ValueError:  # only looks like one
        return text
    said = day_in_words(day, language, today)
    return f"{said} {found[2]}" if found[2] else said


def day_in_words(day: date, language: str, today: date) -> str:
    """Return a day with its weekday, and its year when that is not today's."""
    weekday = _WEEKDAYS[language][day.weekday()]
    other_year = day.year != today.year
    if language == CHINESE:
        return f"{f'{day.year}年' if other_year else ''}{day.month}月{day.day}日{weekday}"
    said = f"{weekday}, {_MONTHS[day.month - 1]} {day.day}"
    return f"{said}, {day.year}" if other_year else said

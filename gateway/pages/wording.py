"""Times, numbers and codes as people read them, in the page's language."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

from gateway.letters.catalogues import locale_of
from gateway.pages.codes import word
from gateway.pages.faculty_names import faculty_names
from gateway.pages.language import current_language, gettext
from gateway.parts import current_parts

_HOURS = re.compile(r"\d\d:\d\d–\d\d:\d\d", re.ASCII)


def here(instant: datetime | str, timezone: str | None = None) -> datetime:
    """Return the instant on the clocks of a time zone (None: the one this gateway stands in)."""
    if isinstance(instant, str):
        instant = datetime.fromisoformat(instant)
    return instant.astimezone(ZoneInfo(timezone or current_parts().settings.timezone))


def today(timezone: str | None = None) -> date:
    """Return the present day in a time zone."""
    return here(current_parts().clock.now(), timezone).date()


def clock_time(instant: datetime | str, timezone: str | None = None) -> str:
    """Return hours and minutes: 14:30."""
    return format_time(here(instant, timezone), "HH:mm", locale=locale_of(current_language()))


def dated_time(instant: datetime | str, timezone: str | None = None) -> str:
    """Return hours and minutes, with the day where it is not today: Tomorrow 07:30."""
    day, time = here(instant, timezone).date(), clock_time(instant, timezone)
    ahead = (day - today(timezone)).days
    if not ahead:
        return time
    return f"{gettext('Tomorrow') if ahead == 1 else day_name(day, timezone)} {time}"


def day_name(instant: datetime | date | str, timezone: str | None = None) -> str:
    """Return a day with its weekday, and the words today and tomorrow where they fit."""
    day = instant if type(instant) is date else here(instant, timezone).date()  # type: ignore[arg-type]  # a date has no time zone
    locale = locale_of(current_language())
    this_year = day.year == today(timezone).year
    text = format_skeleton("MMMEd" if this_year else "yMMMEd", day, locale=locale)
    close = {0: gettext("Today"), 1: gettext("Tomorrow")}.get((day - today(timezone)).days)
    return gettext("%(close)s, %(day)s", close=close, day=text) if close else text


def full_date(day: date | str) -> str:
    """Return a day with its year."""
    if isinstance(day, str):
        day = date.fromisoformat(day)
    return format_date(day, "long", locale=locale_of(current_language()))


def together(text: str) -> Markup:
    """Return a text whose hours, 14:00–16:00, are not broken across lines."""
    kept = _HOURS.sub(r'<span class="together">\g<0></span>', str(escape(text)))
    return Markup(kept)  # noqa: S704  # escaped above


def hours(start: datetime | str, end: datetime | str, timezone: str | None = None) -> Markup:
    """Return from when to when on one day: 14:00–16:00."""
    return together(f"{clock_time(start, timezone)}–{clock_time(end, timezone)}")


def span(start: str, end: str, timezone: str | None = None) -> Markup:
    """Return a stretch of time: Today, Tue 24 Nov, 14:00–16:00."""
    return together(_span(start, end, timezone))


def _span(start: str, end: str, timezone: str | None) -> str:
    first, last = here(start, timezone), here(end, timezone)
    begins = f"{day_name(start, timezone)} {clock_time(start, timezone)}"
    if first.date() == last.date():
        return f"{begins}–{clock_time(end, timezone)}"
    midnight = last.hour == last.minute == 0 and last.date() - first.date() == timedelta(days=1)
    if midnight:
        return f"{begins}–24:00"
    return f"{begins} – {day_name(end, timezone)} {clock_time(end, timezone)}"


def minutes_long(minutes: int) -> str:
    """Return a length of time in hours and minutes."""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return gettext("%(minutes)s min", minutes=rest)
    if not rest:
        return gettext("%(hours)s h", hours=hours)
    return gettext("%(hours)s h %(minutes)s min", hours=hours, minutes=rest)


def number(value: float | None, digits: int = 1) -> str:
    """Return a number with the language's separators."""
    if value is None:
        return "—"
    pattern = "#,##0." + "#" * digits if digits else "#,##0"
    return format_decimal(value, pattern, locale=locale_of(current_language()))


def percent(value: float | None) -> str:
    """Return a share as a percentage with one digit."""
    if value is None:
        return "—"
    return format_percent(value, "#,##0.0%", locale=locale_of(current_language()))


def in_language(thing: Mapping[str, Any], stem: str) -> str:
    """Return `<stem>_zh` or `<stem>_en`, whichever the reader understands, or the one there is."""
    first, second = ("zh", "en") if current_language() == "zh-CN" else ("en", "zh")
    return str(thing.get(f"{stem}_{first}") or thing.get(f"{stem}_{second}") or "")


def named_options(things: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return ids and names for a choice."""
    return [(str(thing["id"]), in_language(thing, "name")) for thing in things]


def cell_name(cell: str, split: str | None) -> str:
    """Return the words for a cell of a split figure."""
    if cell == "unknown":
        return gettext("Not known")
    if split in {"level", "space_kind"}:
        return word(cell, split)
    if split == "day":
        return full_date(cell)
    if split == "faculty":
        return faculty_names().get(cell, cell)
    if split == "library":
        return (
            in_language(current_parts().directory.places().libraries.get(cell, {}), "name") or cell
        )
    return gettext("Everybody") if cell == "all" else cell


def figure_value(cell: Mapping[str, Any], scale: int) -> str:
    """Return a figure's value with its unit."""
    if cell["value"] is None:
        return "—"
    return number(cell["value"], 2) + (" %" if scale == 100 else "")


def listed(words: Iterable[str]) -> Markup:
    """Return words one after the other, as the page's language strings them together."""
    between = Markup("、") if current_language() == "zh-CN" else Markup(", ")
    return between.join(words)


def colon() -> str:
    """Return what stands between a word and what is said of it."""
    return "：" if current_language() == "zh-CN" else ": "


def act_words(message_type: str) -> str:
    """Return the words for what a message tells of; its version changes nothing about it."""
    return word(message_type.rsplit(".v", 1)[0], "act")


def on_the_wire(instant: datetime) -> str:
    """Return an instant as the services write instants."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


FILTERS: Mapping[str, Callable[..., Any]] = {
    "act_words": act_words,
    "cell_name": cell_name,
    "clock_time": clock_time,
    "figure_value": figure_value,
    "span": span,
    "together": together,
    "dated_time": dated_time,
    "day_name": day_name,
    "full_date": full_date,
    "hours": hours,
    "listed": listed,
    "minutes_long": minutes_long,
    "named_options": named_options,
    "number": number,
    "percent": percent,
    "said": in_language,
    "wire": on_the_wire,
    "word": word,
}

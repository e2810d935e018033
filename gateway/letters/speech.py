"""One language to speak in: sentences, and times on the clocks of a library."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, format_time

from gateway.letters.catalogues import catalogue, locale_of


class Speech:
    """Speaks one of our languages, on the clocks of one time zone."""

    def __init__(self, language: str, timezone: str) -> None:
        """Speak this language; tell times in this IANA time zone."""
        self.language = language
        self._zone = ZoneInfo(timezone)
        self._locale = locale_of(language)

    def gettext(self, message: str, **filled: Any) -> str:
        """Return a sentence, its %(name)s filled in."""
        text = catalogue(self.language).gettext(message)
        return text % filled if filled else text

    def moment(self, instant: datetime) -> str:
        """Return a day with its year, and hours and minutes."""
        return f"{self.day(instant)} {self._clock(instant)}"

    def day(self, instant: datetime) -> str:
        """Return a day with its weekday and year."""
        local = instant.astimezone(self._zone)
        return format_skeleton("yMMMEd", local, locale=self._locale, tzinfo=self._zone)

    def span(self, start: datetime, end: datetime | None) -> str:
        """Return a stretch of time; midnight at its end is 24:00 of the day before."""
        if end is None:
            return self.moment(start)
        first, last = start.astimezone(self._zone), end.astimezone(self._zone)
        if first.date() == last.date():
            return f"{self.moment(start)}–{self._clock(end)}"
        if last.hour == last.minute == 0 and (last.date() - first.date()).days == 1:
            return f"{self.moment(start)}–24:00"
        return f"{self.moment(start)} – {self.moment(end)}"

    def one_of(self, chinese: str, english: str) -> str:
        """Return the text in this language, or the one there is."""
        return (chinese or english) if self.language == "zh-CN" else (english or chinese)

    def _clock(self, instant: datetime) -> str:
        return format_time(instant, "HH:mm", tzinfo=self._zone, locale=self._locale)

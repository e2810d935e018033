"""When a space is open: weekly hours and dated exceptions, inherited from library to zone to space.

Three layers speak: the library, the zone, the space. On each local day:

1. The narrowest layer with an exception for that day decides, if any layer has one.
   - Its hours replace the weekly hours of its own and of every wider layer.
   - They bound the weekly hours of narrower layers: a maker space open 9-12 stays shut on the
     library's holiday, and shuts at ten when the library shuts at ten, but does not stay open
     until midnight because the library does.
   - An exception may instead say "as on a Friday": each layer's weekly hours of that weekday
     hold, which is how a working weekend is run.
2. Otherwise the narrowest layer with weekly hours for that weekday decides. A weekday with no
   spans means closed; a weekday not mentioned means "as the wider layer".
3. Nobody says anything: closed.

Hours are wall time. A time inside a gap of the clock becomes the first instant after it; a time
that happens twice means the first. So a day open from 0:00 to 24:00 has 23 or 25 hours when the
clock changes, and spans that touch on the wall touch in UTC.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shared.kernel.time_span import TimeSpan

MINUTES_PER_DAY = 24 * 60
LONGEST_STAY = timedelta(days=62)
_ONE_DAY = timedelta(days=1)
_MOST_DAYS_REMEMBERED = 1000


@dataclass(frozen=True, slots=True, order=True)
class WallSpan:
    """From `opens` until `closes`, in wall minutes after midnight; 1440 is the day's end."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        """Refuse spans outside the day or without length, with ValueError."""
        if not 0 <= self.opens < self.closes <= MINUTES_PER_DAY:
            msg = f"hours lie within a day and end after they start, not {self.opens}-{self.closes}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class DayException:
    """What one layer says about one date: other spans (none is closed), or another weekday's."""

    spans: tuple[WallSpan, ...] = ()
    as_weekday: int | None = None
    """0 is Monday; when set, `spans` is not looked at."""


CLOSED = DayException()


@dataclass(frozen=True, slots=True)
class HoursLayer:
    """What one library, zone or space says about its hours; an empty layer says nothing."""

    weekly: Mapping[int, tuple[WallSpan, ...]] = field(default_factory=dict)
    """Weekday (0 is Monday) to spans; a weekday that is missing is left to the wider layer."""
    exceptions: Mapping[date, DayException] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The hours of one space: its layers from the widest (library) to the narrowest (space)."""

    timezone: ZoneInfo
    layers: Sequence[HoursLayer]
    _known: dict[date, tuple[TimeSpan, ...]] = field(default_factory=dict, compare=False)

    def wall_spans(self, day: date) -> tuple[WallSpan, ...]:
        """Return the hours of a local day in wall minutes, merged and in order."""
        exception_at = self._narrowest_exception(day)
        if exception_at is None:
            return merged_walls(self._weekly(day.weekday(), self.layers))
        exception = self.layers[exception_at].exceptions[day]
        if exception.as_weekday is not None:
            return merged_walls(self._weekly(exception.as_weekday, self.layers))
        bounds = merged_walls(exception.spans)
        narrower = self.layers[exception_at + 1 :]
        if any(day.weekday() in layer.weekly for layer in narrower):
            return _within(merged_walls(self._weekly(day.weekday(), narrower)), bounds)
        return bounds

    def open_spans(self, day: date) -> tuple[TimeSpan, ...]:
        """Return the stretches in which the space is open on a local day, in UTC, in order."""
        known = self._known.get(day)
        if known is None:
            if len(self._known) >= _MOST_DAYS_REMEMBERED:
                self._known.clear()
            known = self._known[day] = merged(self._in_utc(day))
        return known

    def open_minutes(self, day: date) -> int:
        """Return how many minutes the space is open on a local day, as they really pass."""
        return sum(span.minutes for span in self.open_spans(day))

    def open_spans_within(self, window: TimeSpan) -> tuple[TimeSpan, ...]:
        """Return the open stretches inside a window, cut to it; days that touch are joined."""
        first = window.start.astimezone(self.timezone).date()
        last = window.end.astimezone(self.timezone).date()
        # A clock set back across midnight lets the day before go on: look one day further.
        days = (first + _ONE_DAY * n for n in range(-1, (last - first).days + 2))
        spans = merged(span for day in days for span in self.open_spans(day))
        cut = (
            (max(span.start, window.start), min(span.end, window.end))
            for span in spans
            if span.overlaps(window)
        )
        return tuple(TimeSpan(start, end) for start, end in cut)

    def is_open_throughout(self, span: TimeSpan) -> bool:
        """Tell whether the space is open during all of a span, over midnight as well.

        Never for longer than LONGEST_STAY: nobody asks for that but to make work.
        """
        if span.end - span.start > LONGEST_STAY:
            return False
        return self.open_spans_within(span) == (span,)

    def _narrowest_exception(self, day: date) -> int | None:
        places = reversed(range(len(self.layers)))
        return next((n for n in places if day in self.layers[n].exceptions), None)

    @staticmethod
    def _weekly(weekday: int, layers: Sequence[HoursLayer]) -> tuple[WallSpan, ...]:
        found = (layer.weekly[weekday] for layer in reversed(layers) if weekday in layer.weekly)
        return next(found, ())

    def _in_utc(self, day: date) -> Iterable[TimeSpan]:
        for wall in self.wall_spans(day):
            start = instant_of(day, wall.opens, self.timezone)
            end = instant_of(day, wall.closes, self.timezone)
            if start < end:  # hours wholly inside a gap of the clock do not happen
                yield TimeSpan(start, end)


def local_window(first_day: date, last_day: date, timezone: ZoneInfo) -> TimeSpan:
    """Return the span of whole local days from a first to a last, both included."""
    end = last_day + _ONE_DAY
    return TimeSpan(instant_of(first_day, 0, timezone), instant_of(end, 0, timezone))


def instant_of(day: date, minute: int, timezone: ZoneInfo) -> datetime:
    """Return the UTC instant at which the wall clock shows a minute (0-1440) of a local day.

    A minute that happens twice means the first; one that never happens, the end of the gap.
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    instant = wall.replace(tzinfo=timezone).astimezone(UTC)
    if instant.astimezone(timezone).replace(tzinfo=None) == wall:
        return instant
    return _end_of_gap(wall, timezone)


def _end_of_gap(wall: datetime, timezone: ZoneInfo) -> datetime:
    """Return the instant of the change of clock that skipped this wall time."""
    # Read with the offset after the gap the time lies before the change, and the other way round.
    before = wall.replace(tzinfo=timezone, fold=1).astimezone(UTC)
    after = wall.replace(tzinfo=timezone, fold=0).astimezone(UTC)
    new_offset = after.astimezone(timezone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(timezone).utcoffset() == new_offset:
            after = middle
        else:
            before = middle
    return after


def merged(spans: Iterable[TimeSpan]) -> tuple[TimeSpan, ...]:
    """Return the same instants as few spans, in order: those that overlap or touch are joined."""
    joined: list[TimeSpan] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = TimeSpan(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def merged_walls(spans: Iterable[WallSpan]) -> tuple[WallSpan, ...]:
    """Return the same minutes as few spans, in order."""
    joined: list[WallSpan] = []
    for span in sorted(spans):
        if joined and span.opens <= joined[-1].closes:
            joined[-1] = WallSpan(joined[-1].opens, max(joined[-1].closes, span.closes))
        else:
            joined.append(span)
    return tuple(joined)


def _within(spans: Iterable[WallSpan], bounds: Sequence[WallSpan]) -> tuple[WallSpan, ...]:
    pairs = (
        (max(span.opens, bound.opens), min(span.closes, bound.closes))
        for span in spans
        for bound in bounds
    )
    return tuple(WallSpan(opens, closes) for opens, closes in pairs if opens < closes)

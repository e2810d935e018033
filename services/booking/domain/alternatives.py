"""What to offer instead of a slot that cannot be had: the nearest spaces and times that can.

Nearness is counted in minutes of inconvenience:

    |shift of the start| + 0.2 x minutes cut + 15 for another space of the zone (30 elsewhere)
    + 5 for each feature missing + 1 for each place more than needed (10 at most)

The asked space is offered earlier, later, or shortened by up to a quarter; any other space once,
at its nearest time. Who asks for longer than a space's rules allow is offered the length they do.
Only what the hours, the free time and the known rules allow is offered.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from services.booking.domain.start_step import past_step
from shared.kernel.time_span import TimeSpan

FARTHEST_SHIFT = timedelta(hours=4)
LARGEST_CUT = 0.25
COST_OF_A_CUT_MINUTE = 0.2
COST_OF_MOVING_WITHIN_THE_ZONE = 15
COST_OF_MOVING_ELSEWHERE = 30
COST_OF_A_MISSING_FEATURE = 5
MOST_FOR_SURPLUS_PLACES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class StartLimits:
    """What the rules say about the times of one space."""

    timezone: ZoneInfo
    start_step_minutes: int
    """Starts lie on multiples of it after local midnight."""
    min_minutes: int
    max_minutes: int
    bookable: TimeSpan
    """Notice and booking window: the whole reservation lies in it."""

    def first_start(self, instant: datetime) -> datetime:
        """Return the first permitted start at or after an instant."""
        while past := self._past_step(instant):
            instant += timedelta(minutes=self.start_step_minutes) - past
        return instant

    def last_start(self, instant: datetime) -> datetime:
        """Return the last permitted start at or before an instant."""
        while past := self._past_step(instant):
            instant -= past
        return instant

    def _past_step(self, instant: datetime) -> timedelta:
        return past_step(instant, self.start_step_minutes, self.timezone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for; without a space and a zone, anywhere will do."""

    space_id: UUID | None
    zone_id: UUID | None
    span: TimeSpan
    party_size: int
    features: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A space that might do, with its free open time around the wish."""

    space_id: UUID
    zone_id: UUID
    code: str
    capacity: int
    features: frozenset[str]
    free: tuple[TimeSpan, ...]
    limits: StartLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A space and time that can be had, and how far it is from the wish."""

    space_id: UUID
    span: TimeSpan
    shift_minutes: int
    cut_minutes: int
    cost: float


def nearest(
    wish: Wish, candidates: Iterable[Candidate], *, limit: int = 5
) -> tuple[Alternative, ...]:
    """Return the nearest alternatives, best first; the asked space is among the candidates."""
    ranked: list[tuple[float, str, datetime, Alternative]] = []
    for candidate in candidates:
        for found in _offers_of(wish, candidate):
            ranked.append((found.cost, candidate.code, found.span.start, found))  # noqa: PERF401  # two loops read better than one expression
    ranked.sort(key=lambda entry: entry[:3])
    return tuple(found for *_, found in ranked[:limit])


def possible_starts(
    free: Iterable[TimeSpan], minutes: int, limits: StartLimits
) -> Iterator[datetime]:
    """Yield every start at which a stay of so many minutes fits into the free time."""
    for fit in _fits(free, minutes, limits):
        start = limits.first_start(fit.start)
        while start < fit.end:
            yield start
            start = limits.first_start(start + timedelta(minutes=1))


def _offers_of(wish: Wish, candidate: Candidate) -> list[Alternative]:
    if candidate.capacity < wish.party_size:
        return []
    whole = set(_shifted(wish.span, candidate))
    starts = {span.start for span in whole}  # no use in a shorter stay from the same start
    cut = {span for span in _shortened(wish.span, candidate) if span.start not in starts}
    spans = whole | cut
    same_space = candidate.space_id == wish.space_id
    if same_space:
        spans.discard(wish.span)
    elif _is_elsewhere(wish, candidate) and not wish.features <= candidate.features:
        return []
    offers = sorted((_offer(wish, candidate, span) for span in spans), key=lambda one: one.cost)
    return offers if same_space else offers[:1]


def _offer(wish: Wish, candidate: Candidate, span: TimeSpan) -> Alternative:
    shift = round((span.start - wish.span.start).total_seconds() / 60)
    cut = wish.span.minutes - span.minutes
    return Alternative(
        space_id=candidate.space_id,
        span=span,
        shift_minutes=shift,
        cut_minutes=cut,
        cost=abs(shift) + COST_OF_A_CUT_MINUTE * cut + _cost_of_moving(wish, candidate),
    )


def _cost_of_moving(wish: Wish, candidate: Candidate) -> float:
    if candidate.space_id == wish.space_id:
        return 0
    missing = len(wish.features - candidate.features)
    surplus = min(candidate.capacity - wish.party_size, MOST_FOR_SURPLUS_PLACES)
    return _distance(wish, candidate) + COST_OF_A_MISSING_FEATURE * missing + surplus


def _distance(wish: Wish, candidate: Candidate) -> float:
    if wish.zone_id is None:
        return 0
    elsewhere = _is_elsewhere(wish, candidate)
    return COST_OF_MOVING_ELSEWHERE if elsewhere else COST_OF_MOVING_WITHIN_THE_ZONE


def _is_elsewhere(wish: Wish, candidate: Candidate) -> bool:
    return wish.zone_id is not None and candidate.zone_id != wish.zone_id


def _shifted(wish: TimeSpan, candidate: Candidate) -> Iterator[TimeSpan]:
    """Yield the wish at its own time, or moved just as far as needed: earlier, and later."""
    limits = candidate.limits
    earlier: datetime | None = None
    later: datetime | None = None
    for fit in _fits(candidate.free, wish.minutes, limits):
        before = limits.last_start(min(wish.start, fit.end - timedelta(minutes=1)))
        if before >= fit.start and (earlier is None or before > earlier):
            earlier = before
        after = limits.first_start(max(wish.start, fit.start))
        if after < fit.end and (later is None or after < later):
            later = after
    for start in (earlier, later):
        if start is not None and abs(start - wish.start) <= FARTHEST_SHIFT:
            yield TimeSpan.lasting(start, wish.minutes)


def _shortened(wish: TimeSpan, candidate: Candidate) -> Iterator[TimeSpan]:
    """Yield what is left of the wish in the free time, if it is three quarters of it or more.

    Of a wish for longer than the rules allow, three quarters of the longest they do allow.
    """
    limits = candidate.limits
    longest = min(wish.minutes, limits.max_minutes)
    least = max(limits.min_minutes, longest * (1 - LARGEST_CUT))
    for free in _bookable(candidate.free, limits):
        start = limits.first_start(max(wish.start, free.start))
        end = min(wish.end, free.end, start + timedelta(minutes=limits.max_minutes))
        if start < end and TimeSpan(start, end).minutes >= least:
            yield TimeSpan(start, end)


def _fits(free: Iterable[TimeSpan], minutes: int, limits: StartLimits) -> Iterator[TimeSpan]:
    """Yield the ranges of starts at which a stay of so many minutes fits, last start included."""
    if not limits.min_minutes <= minutes <= limits.max_minutes:
        return
    for span in _bookable(free, limits):
        if span.minutes >= minutes:
            last = span.end - timedelta(minutes=minutes)
            yield TimeSpan(span.start, last + timedelta(minutes=1))


def _bookable(free: Iterable[TimeSpan], limits: StartLimits) -> Iterator[TimeSpan]:
    for span in free:
        if limits.bookable.encloses(span):
            yield span
            continue
        start, end = max(span.start, limits.bookable.start), min(span.end, limits.bookable.end)
        if start < end:
            yield TimeSpan(start, end)

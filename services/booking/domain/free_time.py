"""What is left of the open hours when everything held is taken out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from services.booking.domain.alternatives import Candidate, StartLimits, Wish
from services.booking.domain.opening_hours import OpeningHours
from services.booking.domain.rulebook import RuleBody
from services.booking.domain.rules import bookable
from services.booking.domain.space import Space
from shared.kernel.time_span import TimeSpan


def without(spans: Iterable[TimeSpan], taken: Iterable[TimeSpan]) -> Iterator[TimeSpan]:
    """Yield what is left of spans, both given in order, without what is taken."""
    in_the_way = sorted(taken)
    for span in spans:
        start = span.start
        for one in in_the_way:
            if one.end <= start or one.start >= span.end:
                continue
            if one.start > start:
                yield TimeSpan(start, one.start)
            start = max(start, one.end)
        if start < span.end:
            yield TimeSpan(start, span.end)


@dataclass(frozen=True, slots=True)
class Margins:
    """The minutes before and after a stay that it keeps from others as well."""

    before: int = 0
    after: int = 0

    @classmethod
    def under(cls, rules: RuleBody) -> Self:
        """Return a person's: what a stay holds goes on after it, see `held_range`."""
        return cls(0, max(rules.padding_before_minutes, rules.padding_after_minutes))


def free_spans(
    hours: OpeningHours, margins: Margins, held: Iterable[TimeSpan], window: TimeSpan
) -> tuple[TimeSpan, ...]:
    """Return when a stay may take place: open, held by nobody, with room for its own margins.

    It has to end as much before the next one as it needs after it, and the other way round. `held`
    is all that is held in the window and, for the margins, around it.
    """
    in_the_way = (one.padded(margins.after, margins.before) for one in held)
    return tuple(without(hours.open_spans_within(window), in_the_way))


def limits_of(rules: RuleBody, hours: OpeningHours, now: datetime) -> StartLimits:
    """Return what the rules say about the times of a reservation asked for now."""
    return StartLimits(
        timezone=hours.timezone,
        start_step_minutes=rules.start_step_minutes,
        min_minutes=rules.min_minutes,
        max_minutes=rules.max_minutes,
        bookable=bookable(rules, hours.timezone, now),
    )


def window_around(wish: Wish, reach: timedelta) -> TimeSpan:
    """Return the time in which alternatives to a wish may lie."""
    return TimeSpan(wish.span.start - reach, wish.span.end + reach)


def candidate_from(space: Space, free: Sequence[TimeSpan], limits: StartLimits) -> Candidate:
    """Return a space as one that might do."""
    return Candidate(
        space_id=space.id,
        zone_id=space.zone_id,
        code=space.code,
        capacity=space.capacity,
        features=frozenset(space.features),
        free=tuple(free),
        limits=limits,
    )

"""Why a search found nothing: the first of the reasons a person could do something about."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.booking.domain.alternatives import Candidate
from services.booking.domain.opening_hours import OpeningHours
from services.booking.domain.ports import Terms
from shared.kernel.refusal import Violation
from shared.kernel.time_span import TimeSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What was asked, and what was looked at in vain."""

    window: TimeSpan
    minutes: int
    party_size: int
    features: frozenset[str]
    now: datetime
    spaces: Sequence[Terms]
    """All that are of the kind asked for, features aside."""
    fitting: Sequence[Candidate]
    """Those of them the person may have at all."""
    fits_without_own: Callable[[], bool]
    """Asks whether only the person's own reservations are in the way."""

    @property
    def stay(self) -> timedelta:
        """How long the stay is to be."""
        return timedelta(minutes=self.minutes)

    @property
    def equipped(self) -> list[Candidate]:
        """Those that have all that was asked for."""
        return [one for one in self.fitting if self.features <= one.features]

    @property
    def hours(self) -> list[OpeningHours]:
        """The hours of those, each once: spaces that agree share the object."""
        wanted = {one.space_id for one in self.equipped}
        return [*{id(t.hours): t.hours for t in self.spaces if t.space.id in wanted}.values()]

    @property
    def open_window(self) -> TimeSpan:
        """The part of the window from the first opening to the last closing in it, if any."""
        spans = [span for hours in self.hours for span in hours.open_spans_within(self.window)]
        if not spans:
            return self.window
        return TimeSpan(min(one.start for one in spans), max(one.end for one in spans))


def why_nothing_fits(search: Search) -> Violation:
    """Return the reason, the general ones first: who asks for yesterday need not hear of rules."""
    for reason in REASONS:
        for found in reason(search):
            return found
    return Violation("all_taken")


def _past(search: Search) -> Iterator[Violation]:
    if search.window.end <= search.now:
        yield Violation("window_past")


def _too_many_people(search: Search) -> Iterator[Violation]:
    places = [one.space.capacity for one in search.spaces if one.space.in_use]
    if places and max(places) < search.party_size:
        numbers = {"party_size": search.party_size, "most": max(places)}
        yield Violation("nothing_so_large", numbers)


def _nothing_reservable(search: Search) -> Iterator[Violation]:
    if not search.fitting:
        yield Violation("nothing_reservable")


def _features(search: Search) -> Iterator[Violation]:
    if not search.equipped:
        yield Violation("nothing_so_equipped")


def _length(search: Search) -> Iterator[Violation]:
    longest = max(one.limits.max_minutes for one in search.equipped)
    shortest = min(one.limits.min_minutes for one in search.equipped)
    if search.minutes > longest:
        yield Violation("too_long", {"minutes": search.minutes, "max_minutes": longest})
    if search.minutes < shortest:
        yield Violation("too_short", {"minutes": search.minutes, "min_minutes": shortest})


def _beyond_the_horizon(search: Search) -> Iterator[Violation]:
    farthest = max(search.equipped, key=lambda one: one.limits.bookable.end).limits
    if farthest.bookable.end < search.window.start + search.stay:
        end = farthest.bookable.end.astimezone(farthest.timezone) - timedelta(seconds=1)
        yield Violation("beyond_horizon", {"last_day": end.date().isoformat()})


def _closed(search: Search) -> Iterator[Violation]:
    within = [span for hours in search.hours for span in hours.open_spans_within(search.window)]
    if any(span.end - span.start >= search.stay for span in within):
        return
    timezone = search.hours[0].timezone
    day = search.window.start.astimezone(timezone).date()
    spans = sorted({span for hours in search.hours for span in hours.open_spans(day)})
    shown = [
        f"{span.start.astimezone(timezone):%H:%M}–{span.end.astimezone(timezone):%H:%M}"
        for span in spans
    ]
    numbers = {"day": day.isoformat()}
    yield (
        Violation("outside_hours", {**numbers, "open": shown})
        if shown
        else Violation("closed_on_day", numbers)
    )


def _own(search: Search) -> Iterator[Violation]:
    if search.fits_without_own():
        yield Violation("own_in_the_way")


REASONS: Sequence[Callable[[Search], Iterator[Violation]]] = (
    _past,
    _too_many_people,
    _nothing_reservable,
    _features,
    _length,
    _beyond_the_horizon,
    _closed,
    _own,
)

"""Time-first search: who says when, how long and how many gets the spaces where it is possible."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Connection

from services.booking.domain.alternatives import (
    FARTHEST_SHIFT,
    Alternative,
    Candidate,
    Wish,
    nearest,
    possible_starts,
)
from services.booking.domain.space import Space
from services.booking.persistence.catalogue import CatalogueSnapshot, read_catalogue
from services.booking.persistence.nearest import Asker, candidates
from services.booking.persistence.patrons import class_of
from services.booking.queries.inventory import SpaceFilter, admitted, known_library
from services.booking.queries.nothing_fits import Search, why_nothing_fits
from shared.kernel.refusal import Refusal, Violation
from shared.kernel.time_span import TimeSpan

WIDEST_WINDOW = timedelta(days=7)


class WindowMakesNoSense(Refusal):
    """The window ends before it starts, is wider than a week, or shorter than the stay."""

    code: ClassVar[str] = "window_makes_no_sense"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """When, how long, how many, what for, and who asks (rules differ by class)."""

    spaces: SpaceFilter
    starts_at: datetime
    ends_at: datetime
    minutes: int
    party_size: int = 1
    patron_class: str = ""
    patron_id: UUID | None = None

    def window(self) -> TimeSpan:
        """Return when the stay may take place; raises WindowMakesNoSense."""
        if wrong := self._window_violation():
            raise WindowMakesNoSense().because([wrong])
        return TimeSpan(self.starts_at, self.ends_at)

    def _window_violation(self) -> Violation | None:
        length = self.ends_at - self.starts_at
        if length <= timedelta():
            return Violation("window_reversed")
        if length > WIDEST_WINDOW:
            return Violation("window_too_wide", {"most_days": WIDEST_WINDOW.days})
        window = int(length.total_seconds() // 60)
        if window < self.minutes:
            numbers = {"window_minutes": window, "minutes": self.minutes}
            return Violation("window_too_short", numbers)
        return None


@dataclass(frozen=True, slots=True)
class PossibleSpace:
    """A space, and every start at which the stay fits."""

    space: Space
    starts: Sequence[datetime]

    def place(self) -> tuple[int, str, UUID]:
        """Return where the space stands in the list: the nearest fit of capacity first."""
        return self.space.capacity, self.space.code, self.space.id


@dataclass(frozen=True, slots=True)
class Answer:
    """The spaces where it is possible; or else why not, and the nearest times and spaces."""

    possible: Sequence[PossibleSpace]
    because: Violation | None
    alternatives: Sequence[Alternative]


def asked_for(connection: Connection, asked: Asked, patron_id: UUID) -> Asked:
    """Return the same asked for somebody: as their class was told, not as the one's who asks."""
    return replace(asked, patron_id=patron_id, patron_class=class_of(connection, patron_id))


def search(connection: Connection, asked: Asked, now: datetime) -> Answer:
    """Return where it is possible; raises NotFound for the library, WindowMakesNoSense.

    Three queries, whatever the number of spaces and reservations; one more to tell why nothing is.
    """
    window = asked.window()
    catalogue = read_catalogue(connection)
    if asked.spaces.library_id is not None:
        known_library(catalogue, asked.spaces.library_id)
    around = TimeSpan(window.start - FARTHEST_SHIFT, window.end + FARTHEST_SHIFT)
    # Features are left to the alternatives: a room without the projector is better than none.
    loose = replace(asked.spaces, features=frozenset())
    asker = Asker(asked.patron_class, asked.party_size, asked.patron_id)
    spaces = [*admitted(catalogue, loose)]
    found = candidates(connection, spaces, asker, around, now)

    def possible_of(fitting: Sequence[Candidate]) -> list[PossibleSpace]:
        exact = (one for one in fitting if asked.spaces.features <= one.features)
        return sorted(_possible(exact, catalogue, asked, window), key=PossibleSpace.place)

    def fits_without_own() -> bool:
        nobody = replace(asker, patron_id=None, in_place_of=None)
        return asked.patron_id is not None and bool(
            possible_of(candidates(connection, spaces, nobody, around, now))
        )

    if possible := possible_of(found):
        return Answer(possible, None, ())
    tried = Search(
        window=window,
        minutes=asked.minutes,
        party_size=asked.party_size,
        features=asked.spaces.features,
        now=now,
        spaces=spaces,
        fitting=found,
        fits_without_own=fits_without_own,
    )
    return Answer((), why_nothing_fits(tried), _instead(found, asked, tried.open_window))


def _possible(
    fitting: Iterator[Candidate], catalogue: CatalogueSnapshot, asked: Asked, window: TimeSpan
) -> Iterator[PossibleSpace]:
    for candidate in fitting:
        inside = [_cut(span, window) for span in candidate.free if span.overlaps(window)]
        starts = [*possible_starts(inside, asked.minutes, candidate.limits)]
        if starts:
            yield PossibleSpace(catalogue.terms[candidate.space_id].space, starts)


def _cut(span: TimeSpan, window: TimeSpan) -> TimeSpan:
    return TimeSpan(max(span.start, window.start), min(span.end, window.end))


def _instead(fitting: Sequence[Candidate], asked: Asked, window: TimeSpan) -> Sequence[Alternative]:
    """Return what is nearest to either end of the window."""
    stay = timedelta(minutes=asked.minutes)
    found: dict[tuple[UUID, TimeSpan], Alternative] = {}
    for start in (window.start, window.end - stay):
        wish = Wish(
            space_id=None,
            zone_id=None,
            span=TimeSpan(start, start + stay),
            party_size=asked.party_size,
            features=asked.spaces.features,
        )
        for one in nearest(wish, fitting):
            known = found.get((one.space_id, one.span))
            if known is None or one.cost < known.cost:
                found[one.space_id, one.span] = one
    return sorted(found.values(), key=lambda one: (one.cost, one.span, one.space_id))[:5]

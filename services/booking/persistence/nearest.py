"""The nearest alternatives to what could not be had, in two queries whatever there is to search.

Also the free time of many spaces, which time-first search is made of.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from services.booking.domain.alternatives import FARTHEST_SHIFT, Candidate, Wish, nearest
from services.booking.domain.free_time import (
    Margins,
    candidate_from,
    free_spans,
    limits_of,
    window_around,
)
from services.booking.domain.opening_hours import LONGEST_STAY
from services.booking.domain.ports import Terms, Wanted
from services.booking.domain.rulebook import FOR_ACTIVITIES, RuleBody
from services.booking.persistence.busy import busy_spans, own_spans
from shared.contracts.booking import AlternativeSlot
from shared.kernel.time_span import TimeSpan


def nearest_slots(
    connection: Connection, wanted: Wanted, spaces: Iterable[Terms], now: datetime, limit: int = 5
) -> Sequence[AlternativeSlot]:
    """Return up to `limit` slots that could be had now instead, nearest first.

    `spaces` are those of the library, the wanted one among them; other types are passed over.
    """
    if wanted.span.end - wanted.span.start > LONGEST_STAY:
        return []
    wish = _wish_of(wanted)
    wanted_type = wanted.terms.space.space_type
    same_type = (terms for terms in spaces if terms.space.space_type == wanted_type)
    asker = _asker(wanted)
    window = window_around(wish, FARTHEST_SHIFT)
    fitting = candidates(connection, same_type, asker, window, now)
    return [
        AlternativeSlot(space_id=one.space_id, starts_at=one.span.start, ends_at=one.span.end)
        for one in nearest(wish, fitting, limit=limit)
    ]


@dataclass(frozen=True, slots=True)
class Asker:
    """For whom: rules differ by class, places are needed for a party, and nobody is in two.

    `in_place_of` is a reservation of theirs that would be given up for it.
    """

    patron_class: str
    party_size: int
    patron_id: UUID | None
    in_place_of: UUID | None = None
    activity: Margins | None = None
    """What an activity needs before and after; None for a person."""

    def margins(self, rules: RuleBody) -> Margins:
        """Return what is kept from others before and after."""
        return Margins.under(rules) if self.activity is None else self.activity


def candidates(
    connection: Connection,
    spaces: Iterable[Terms],
    asker: Asker,
    window: TimeSpan,
    now: datetime,
) -> list[Candidate]:
    """Return the spaces somebody may have at all, with their free time in a window."""
    fitting = [*_fitting(spaces, asker, now)]
    margins = [asker.margins(rules) for _, rules in fitting]
    # Who comes right after the window needs the margins of who is in it left free as well.
    around = window.padded(
        max((one.before for one in margins), default=0),
        max((one.after for one in margins), default=0),
    )
    held = busy_spans(
        connection, [terms.space.id for terms, _ in fitting], around, asker.in_place_of
    )
    own: list[TimeSpan] = []
    if asker.patron_id is not None:
        own = own_spans(connection, asker.patron_id, window, asker.in_place_of)

    def candidate(terms: Terms, rules: RuleBody) -> Candidate:
        taken = [*held.get(terms.space.id, ())]
        taken += own if rules.one_place_at_a_time(terms.space.space_type) else []
        free = free_spans(terms.hours, asker.margins(rules), taken, window)
        return candidate_from(terms.space, free, limits_of(rules, terms.hours, now))

    return [candidate(*one) for one in fitting]


def _asker(wanted: Wanted) -> Asker:
    margins = Margins(wanted.setup_minutes, wanted.teardown_minutes)
    activity = margins if wanted.for_activity else None
    return Asker(
        wanted.patron_class, wanted.party_size, wanted.patron_id, wanted.in_place_of, activity
    )


def _wish_of(wanted: Wanted) -> Wish:
    space = wanted.terms.space
    return Wish(
        space_id=space.id,
        zone_id=space.zone_id,
        span=wanted.span,
        party_size=wanted.party_size,
        features=frozenset(space.features),
    )


def _fitting(
    spaces: Iterable[Terms], asker: Asker, now: datetime
) -> Iterator[tuple[Terms, RuleBody]]:
    """Yield the spaces with the rules that hold for whom it is."""
    for terms in spaces:
        if not terms.space.in_use or terms.space.capacity < asker.party_size:
            continue
        if asker.activity is not None:
            yield terms, FOR_ACTIVITIES
            continue
        rulebook = terms.in_force(asker.patron_class, now)
        if rulebook is not None and rulebook.body.min_party <= asker.party_size:
            yield terms, rulebook.body

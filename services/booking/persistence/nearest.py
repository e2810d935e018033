"""The nearest alternatives to what could not be had, in two queries whatever the library's size."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection

from services.booking.domain.alternatives import FARTHEST_SHIFT, Candidate, Wish, nearest
from services.booking.domain.free_time import candidate_from, free_spans, limits_of, window_around
from services.booking.domain.opening_hours import LONGEST_STAY
from services.booking.domain.ports import Terms, Wanted
from services.booking.domain.rulebook import RuleBody
from services.booking.persistence.busy import busy_spans, own_spans
from shared.contracts.booking import AlternativeSlot
from shared.kernel.time_span import TimeSpan


def nearest_slots(
    connection: Connection,
    wanted: Wanted,
    candidates: Iterable[Terms],
    now: datetime,
    limit: int = 5,
) -> Sequence[AlternativeSlot]:
    """Return up to `limit` slots that could be had now, nearest first.

    `candidates` are the terms of the library's spaces, the wanted one among them; spaces of another
    type, out of use or without rules are passed over.
    """
    if wanted.span.end - wanted.span.start > LONGEST_STAY:
        return []
    wish = _wish_of(wanted)
    window = window_around(wish, FARTHEST_SHIFT)
    fitting = [*_fitting(candidates, wanted, now)]
    held = busy_spans(connection, [terms.space.id for terms, _ in fitting], window)
    own: list[TimeSpan] = []
    if wanted.patron_id is not None:
        own = own_spans(connection, wanted.patron_id, window)

    def candidate(terms: Terms, rules: RuleBody) -> Candidate:
        taken = [one.span for one in held.get(terms.space.id, ())]
        taken += own if rules.one_place_at_a_time(terms.space.space_type) else []
        free = free_spans(terms.hours, rules, taken, window)
        return candidate_from(terms.space, free, limits_of(rules, terms.hours, now))

    found = nearest(wish, (candidate(*one) for one in fitting), limit=limit)
    return [
        AlternativeSlot(space_id=one.space_id, starts_at=one.span.start, ends_at=one.span.end)
        for one in found
    ]


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
    candidates: Iterable[Terms], wanted: Wanted, now: datetime
) -> Iterator[tuple[Terms, RuleBody]]:
    """Yield the spaces a person may have at all, with the rules that hold for them."""
    space_type = wanted.terms.space.space_type
    for terms in candidates:
        space = terms.space
        if space.space_type != space_type or not space.in_use:
            continue
        if space.capacity < wanted.party_size:
            continue
        rulebook = terms.in_force(wanted.patron_class, now)
        if rulebook is not None and rulebook.body.min_party <= wanted.party_size:
            yield terms, rulebook.body

"""Which spaces are worth looking at when one cannot be had: as many as a person waits for."""

from collections.abc import Iterable
from heapq import nsmallest

from services.booking.domain.ports import Terms, Wanted

MOST_LOOKED_AT = 40
"""In a library of ten thousand seats, a refusal must not take longer than a reservation."""


def neighbours(wanted: Wanted, spaces: Iterable[Terms], most: int = MOST_LOOKED_AT) -> list[Terms]:
    """Return the wanted space and those most like it: same type, large enough, same zone first."""
    space = wanted.terms.space

    def distance(terms: Terms) -> tuple[bool, bool, int, str]:
        other = terms.space
        surplus = other.capacity - wanted.party_size
        return other.id != space.id, other.zone_id != space.zone_id, surplus, other.code

    fitting = (
        terms
        for terms in spaces
        if terms.space.space_type == space.space_type and terms.space.capacity >= wanted.party_size
    )
    return nsmallest(most, fitting, key=distance)

"""The waiting list: strictly in order of arrival, whole parties, one time-boxed offer per place.

The policy in words: whoever waits longest is offered the next freed place. A party is placed whole
or not at all; while the first party does not fit, everybody waits, however small their own party.
Places under an open offer are taken. Every decision is written down with its reason and numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.events.domain.library_event import LibraryEvent
from services.events.domain.registration import Registration
from shared.contracts.events import PlaceOffered

LEAST_OFFER_MINUTES = 5
POLICY = "first_come_whole_party"


class Reason(StrEnum):
    """Why the list decided as it did; the public code of every decision."""

    NO_PLACE_FREE = "no_place_free"
    OTHERS_WAIT_LONGER = "others_wait_longer"
    PLACE_FREED = "place_freed"
    PARTY_DOES_NOT_FIT_YET = "party_does_not_fit_yet"
    TOO_NEAR_THE_START = "too_near_the_start"
    OFFER_ACCEPTED = "offer_accepted"
    OFFER_DECLINED = "offer_declined"
    OFFER_EXPIRED = "offer_expired_unanswered"
    LEFT_THE_LIST = "left_the_list"
    LET_IN_AT_THE_DOOR = "let_in_at_the_door"
    BACK_IN_LINE = "back_in_line"
    ACTIVITY_MOVED = "activity_moved"
    ACTIVITY_CANCELLED = "activity_cancelled"
    ACTIVITY_CLOSED = "activity_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One line of the list's own account: what was decided about one sign-up, and why."""

    library_event_id: UUID
    registration_id: UUID
    at: datetime
    reason: Reason
    numbers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How full an activity is."""

    taken: int
    """Places of everybody who has one or is offered one."""
    waiting: int
    """Sign-ups on the list."""

    def free(self, capacity: int) -> int:
        """Return the places nobody has or is offered; walk-ins may have filled more than all."""
        return max(0, capacity - self.taken)


@dataclass(slots=True, kw_only=True)
class Filling:
    """What came of looking at the list: offers made, and every decision."""

    offered: list[Registration] = field(default_factory=list)
    messages: list[PlaceOffered] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)


def decide(registration: Registration, at: datetime, reason: Reason, **numbers: Any) -> Decision:
    """Return a decision about a sign-up."""
    return Decision(
        library_event_id=registration.library_event_id,
        registration_id=registration.id,
        at=at,
        reason=reason,
        numbers=numbers,
    )


def place_in_line(registration: Registration) -> dict[str, str]:
    """Return, for a decision, how it stood with a wait: on the list, or offered until when."""
    expires_at = registration.offer_expires_at
    until = {"offer_expires_at": expires_at.isoformat()} if expires_at else {}
    return {"was": registration.status.value, **until}


def offer_when_let_in(decision: Decision) -> datetime | None:
    """Return until when a place was offered to who was let in; None for who only waited."""
    text = decision.numbers.get("offer_expires_at")
    return None if text is None else datetime.fromisoformat(text)


def offer_until(library_event: LibraryEvent, now: datetime) -> datetime | None:
    """Return how long an offer made now is kept, or None when it is too late for any.

    The activity's own offer time, but no more than half of what is left until the start, so that
    the next in line has a chance too; never less than five minutes, never beyond the start.
    """
    minutes_left = (library_event.plan.starts_at - now).total_seconds() / 60
    if minutes_left < LEAST_OFFER_MINUTES:
        return None
    minutes = max(LEAST_OFFER_MINUTES, min(library_event.plan.offer_minutes, minutes_left / 2))
    return now + timedelta(minutes=minutes)


def offer_after_move(
    library_event: LibraryEvent, registration: Registration, now: datetime
) -> datetime | None:
    """Return how long an open offer is kept once its activity has moved; None without an offer.

    The person was told a deadline, and it holds: only where the new start is so near that an offer
    made now would end sooner, it ends then. An offer that has run out stays run out.
    """
    until = registration.offer_expires_at
    if until is None or until <= now:
        return until
    return min(until, offer_until(library_event, now) or library_event.plan.starts_at)


def fill(
    library_event: LibraryEvent, free: int, waiting: Sequence[Registration], *, now: datetime
) -> Filling:
    """Offer free places to who waits, first come first; `waiting` is in order of arrival."""
    filling = Filling()
    until = offer_until(library_event, now)
    for registration in waiting:
        if free == 0:
            break
        if until is None:
            filling.decisions.append(decide(registration, now, Reason.TOO_NEAR_THE_START))
            break
        if registration.party_size > free:
            numbers = {"party_size": registration.party_size, "free": free}
            filling.decisions.append(
                decide(registration, now, Reason.PARTY_DOES_NOT_FIT_YET, **numbers)
            )
            break
        free -= registration.party_size
        filling.messages.append(registration.offer(library_event, until=until, at=now))
        filling.offered.append(registration)
        filling.decisions.append(
            decide(
                registration,
                now,
                Reason.PLACE_FREED,
                offer_expires_at=library_event.setting.wall(until),
            )
        )
    return filling

"""Answer a request: approve it, which takes the slot, or reject it with a reason."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.booking.commands.judging import Wish, judge
from services.booking.commands.local_clocks import on_local_clock
from services.booking.commands.rivals import turn_rivals_away
from services.booking.domain import approval, errors, rules
from services.booking.domain.actor import Actor
from services.booking.domain.ports import BookingUnitOfWork
from services.booking.domain.reservation import Reservation
from shared.kernel.clock import Clock
from shared.kernel.refusal import NotFound

# The request was made in time: how long the library thought about it is no fault of the person's.
RULES_AT_APPROVAL = tuple(rule for rule in rules.RULES if rule is not rules.gives_notice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve:
    """Which request, and who says yes."""

    reservation_id: UUID
    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """Which request, who says no, and why."""

    reservation_id: UUID
    actor: Actor
    reason: str


def approve(command: Approve, *, uow: BookingUnitOfWork, clock: Clock) -> Reservation:
    """Return the reservation, confirmed; those who asked for the same time hear that it is gone.

    Every rule is asked again. Raises NotFound, NotAllowed, StatusForbids, HasStarted, RulesNotMet
    and SlotTaken; the request then waits as before.
    """
    with uow:
        now = clock.now()
        request = _lock(command.reservation_id, command.actor, uow)
        with on_local_clock(uow, request.space_id):
            approval.approve(request, now)
        _insist_on_rules(request, uow, now)
        if not uow.reservations.take(request):
            raise errors.SlotTaken
        uow.reservations.note(
            request.id, at=now, actor=command.actor.id, change={"action": "approved"}
        )
        uow.publish(request.confirmed())
        turn_rivals_away(request, uow, now)
        uow.commit()
    return request


def reject(command: Reject, *, uow: BookingUnitOfWork, clock: Clock) -> Reservation:
    """Return the reservation, rejected; raises NotFound, NotAllowed, StatusForbids."""
    with uow:
        now = clock.now()
        request = _lock(command.reservation_id, command.actor, uow)
        rejected = approval.reject(request, now, reason=command.reason)
        uow.reservations.save(request)
        change = {"action": "rejected", "reason": command.reason, "cause": rejected.cause}
        uow.reservations.note(request.id, at=now, actor=command.actor.id, change=change)
        uow.publish(rejected)
        uow.commit()
    return request


def _lock(reservation_id: UUID, actor: Actor, uow: BookingUnitOfWork) -> Reservation:
    """Lock the person, then the reservation: the same order as everywhere."""
    found = uow.reservations.find(reservation_id)
    if found is None:
        raise NotFound(id=str(reservation_id))
    actor.insist_sees(found)
    actor.insist_serves(found.library_id)
    uow.patrons.lock(found.patron_id)
    return uow.reservations.lock(reservation_id)


def _insist_on_rules(request: Reservation, uow: BookingUnitOfWork, now: datetime) -> None:
    wish = Wish(
        reservation_id=request.id,
        patron=uow.patrons.lock(request.patron_id),
        patron_class="",
        space_id=request.space_id,
        starts_at=request.during.start,
        ends_at=request.during.end,
        party_size=request.party_size,
    )
    judgement = judge(wish, uow=uow, now=now, rule_list=RULES_AT_APPROVAL)
    if judgement.violations:
        raise errors.RulesNotMet().because(judgement.violations)

"""Give a space to somebody who stands at the desk: reserved from now on, and checked in at once."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.booking.commands.judging import Judgement, Wish, judge, refuse
from services.booking.commands.placing import reservation_for
from services.booking.commands.rivals import turn_rivals_away
from services.booking.domain import errors, rules
from services.booking.domain.actor import Actor
from services.booking.domain.ports import BookingUnitOfWork
from services.booking.domain.reservation import Reservation
from services.booking.domain.rulebook import RuleBody
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id

# Who is there needs no notice: the start is now, on the step that is running.
RULES_AT_THE_DESK = tuple(rule for rule in rules.RULES if rule is not rules.gives_notice)


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkIn:
    """Who stands there, for which space, until when (None: the usual length), and who serves.

    The time begins with the step that is running.
    """

    space_id: UUID
    patron_id: UUID
    actor: Actor
    ends_at: datetime | None = None
    party_size: int = 1
    reason: str = ""
    reservation_id: UUID = field(default_factory=new_id)


def walk_in(command: WalkIn, *, uow: BookingUnitOfWork, clock: Clock) -> Reservation:
    """Return the reservation, checked in.

    Every rule but the notice is asked. Raises NotAllowed, RulesNotMet, SlotTaken, SpaceUnknown,
    MakesNoTime.
    """
    with uow:
        now = clock.now()
        judgement = judge(_wish(command, uow, now), uow=uow, now=now, rule_list=RULES_AT_THE_DESK)
        command.actor.insist_serves(judgement.wanted.terms.space.library_id)
        if judgement.violations or judgement.rulebook is None:
            refuse(judgement, errors.RulesNotMet(), uow=uow)
        reservation = reservation_for(judgement, judgement.rulebook)
        message = reservation.confirmed()
        if not uow.reservations.place(reservation, actor=command.actor.id, message=message):
            refuse(judgement, errors.SlotTaken(), uow=uow)
        if judgement.wanted.terms.takes_requests:
            turn_rivals_away(reservation, uow, now)
        _check_in(reservation, command, uow, judgement)
        uow.commit()
    return reservation


def _wish(command: WalkIn, uow: BookingUnitOfWork, now: datetime) -> Wish:
    patron = uow.patrons.lock(command.patron_id)
    terms = uow.catalogue.terms_of(command.space_id)
    if terms is None:
        raise errors.SpaceUnknown(space_id=str(command.space_id))
    rulebook = terms.in_force(patron.patron_class or "", now)
    body = rulebook.body if rulebook else RuleBody()
    return Wish(
        reservation_id=command.reservation_id,
        patron=patron,
        patron_class="",
        space_id=command.space_id,
        starts_at=rules.running_step(body, terms.hours.timezone, now),
        ends_at=command.ends_at,
        party_size=command.party_size,
    )


def _check_in(
    reservation: Reservation, command: WalkIn, uow: BookingUnitOfWork, judgement: Judgement
) -> None:
    at = judgement.asked_at
    arrived = reservation.check_in(at, method="staff")
    uow.reservations.save(reservation)
    change = {"action": "checked_in", "method": arrived.method, "reason": command.reason}
    uow.reservations.note(reservation.id, at=at, actor=command.actor.id, change=change)
    uow.publish(arrived)

"""Reserve a space for somebody."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.booking.commands.judging import Judgement, Wish, judge, refuse
from services.booking.commands.placing import reservation_for
from services.booking.commands.rivals import turn_rivals_away
from services.booking.domain import approval, errors
from services.booking.domain.actor import Actor
from services.booking.domain.ports import BookingUnitOfWork
from services.booking.domain.reservation import Reservation, Status
from services.booking.domain.rulebook import Rulebook
from shared.contracts.domain_event import DomainEvent
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """Who wants which space when.

    Without `ends_at` the rules' usual length is meant. `patron_class` counts until the gateway has
    described the person; `actor` is who asks, when that may be somebody else (staff), and `reason`
    why they do.
    """

    space_id: UUID
    patron_id: UUID
    starts_at: datetime
    ends_at: datetime | None = None
    party_size: int = 1
    patron_class: str = ""
    actor: Actor | None = None
    reason: str = ""
    reservation_id: UUID = field(default_factory=new_id)


def reserve(command: Reserve, *, uow: BookingUnitOfWork, clock: Clock) -> Reservation:
    """Return the reservation, or the request where approval is needed and it is not staff who ask.

    Raises RulesNotMet, SlotTaken, SpaceUnknown, MakesNoTime.
    A refusal names every rule that failed, offers alternatives, and has been told to the others.
    NotAllowed when somebody asks for another without being staff of the library.
    """
    with uow:
        now = clock.now()
        wish = Wish(
            reservation_id=command.reservation_id,
            patron=uow.patrons.lock(command.patron_id),
            patron_class=command.patron_class,
            space_id=command.space_id,
            starts_at=command.starts_at,
            ends_at=command.ends_at,
            party_size=command.party_size,
        )
        judgement = judge(wish, uow=uow, now=now)
        _insist_on_behalf(command, judgement)
        if judgement.violations or judgement.rulebook is None:
            refuse(judgement, errors.RulesNotMet(), uow=uow)
        reservation = reservation_for(judgement, judgement.rulebook)
        actor = command.actor.id if command.actor else command.patron_id
        message = _asked_or_confirmed(command, reservation, judgement.rulebook)
        if not _place(reservation, actor, message, uow):
            refuse(judgement, errors.SlotTaken(), uow=uow)
        if reservation.status is Status.CONFIRMED and judgement.wanted.terms.takes_requests:
            turn_rivals_away(reservation, uow, now)
        if command.reason:
            change = {"action": "explained", "reason": command.reason}
            uow.reservations.note(reservation.id, at=now, actor=actor, change=change)
        uow.commit()
    return reservation


def _insist_on_behalf(command: Reserve, judgement: Judgement) -> None:
    if command.actor is not None and command.actor.id != command.patron_id:
        command.actor.insist_serves(judgement.wanted.terms.space.library_id)


def _asked_or_confirmed(
    command: Reserve, reservation: Reservation, rulebook: Rulebook
) -> DomainEvent:
    """Whoever serves the library approves by reserving: for somebody else, or for themselves."""
    by_staff = command.actor is not None and command.actor.may_serve(reservation.library_id)
    if rulebook.body.approval_required and not by_staff:
        return approval.ask(reservation, rulebook.body)
    return reservation.confirmed()


def _place(
    reservation: Reservation, actor: UUID, message: DomainEvent, uow: BookingUnitOfWork
) -> bool:
    """Place it; nobody asks for what somebody holds, though asking holds nothing."""
    is_request = reservation.status is Status.PENDING
    if is_request and not uow.reservations.is_free(reservation.space_id, reservation.held):
        return False
    return uow.reservations.place(reservation, actor=actor, message=message)

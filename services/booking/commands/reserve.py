"""Reserve a space for somebody."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.booking.commands.judging import Judgement, Wish, judge, refuse
from services.booking.domain import errors
from services.booking.domain.actor import Actor
from services.booking.domain.ports import BookingUnitOfWork
from services.booking.domain.reservation import Reservation, check_in_window, held_range
from services.booking.domain.rulebook import Rulebook
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """Who wants which space when.

    Without `ends_at` the rules' usual length is meant. `patron_class` counts until the gateway has
    described the person; `actor` is who asks, when that may be somebody else (staff).
    """

    space_id: UUID
    patron_id: UUID
    starts_at: datetime
    ends_at: datetime | None = None
    party_size: int = 1
    patron_class: str = ""
    actor: Actor | None = None
    reservation_id: UUID = field(default_factory=new_id)


def reserve(command: Reserve, *, uow: BookingUnitOfWork, clock: Clock) -> Reservation:
    """Return the confirmed reservation; raises RulesNotMet, SlotTaken, SpaceUnknown, MakesNoTime.

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
        reservation = _confirmed(command.patron_id, wish, judgement, judgement.rulebook, now)
        actor = command.actor.id if command.actor else command.patron_id
        message = reservation.confirmed()
        if not uow.reservations.place(reservation, actor=actor, message=message):
            refuse(judgement, errors.SlotTaken(), uow=uow)
        uow.commit()
    return reservation


def _insist_on_behalf(command: Reserve, judgement: Judgement) -> None:
    if command.actor is not None and command.actor.id != command.patron_id:
        command.actor.insist_serves(judgement.wanted.terms.space.library_id)


def _confirmed(
    patron_id: UUID, wish: Wish, judgement: Judgement, rulebook: Rulebook, now: datetime
) -> Reservation:
    space, during = judgement.wanted.terms.space, judgement.wanted.span
    return Reservation(
        id=wish.reservation_id,
        library_id=space.library_id,
        space_id=space.id,
        space_type=space.space_type,
        space_kind=space.space_kind,
        patron_id=patron_id,
        during=during,
        held=held_range(during, rulebook.body),
        party_size=wish.party_size,
        rulebook_id=rulebook.id,
        rule_version=rulebook.version,
        created_at=now,
        changed_at=now,
        check_in_window=check_in_window(during, rulebook.body, asked_at=now),
    )

"""Take a no-show back."""

from dataclasses import dataclass
from uuid import UUID

from services.booking.domain.actor import Actor
from services.booking.domain.no_show import Outcome
from services.booking.domain.no_show import void_no_show as void
from services.booking.domain.ports import BookingUnitOfWork
from services.booking.domain.reservation import Reservation
from shared.kernel.clock import Clock
from shared.kernel.refusal import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidNoShow:
    """Which reservation, what is true instead, who says so, and why (the person can read it)."""

    reservation_id: UUID
    actor: Actor
    outcome: Outcome
    reason: str


def void_no_show(command: VoidNoShow, *, uow: BookingUnitOfWork, clock: Clock) -> Reservation:
    """Return the reservation as it stands now; only staff of the library may.

    Raises NotFound, NotAllowed, and StatusForbids for what is no no-show (any more).
    """
    with uow:
        now = clock.now()
        found = uow.reservations.find(command.reservation_id)
        if found is None:
            raise NotFound(id=str(command.reservation_id))
        command.actor.insist_sees(found)
        command.actor.insist_serves(found.library_id)
        reservation = uow.reservations.lock(command.reservation_id)
        voided = void(reservation, now, outcome=command.outcome, reason=command.reason)
        uow.reservations.save(reservation)
        change = {
            "action": "no_show_voided",
            "outcome": command.outcome.value,
            "reason": command.reason,
        }
        uow.reservations.note(reservation.id, at=now, actor=command.actor.id, change=change)
        uow.publish(voided)
        uow.commit()
    return reservation

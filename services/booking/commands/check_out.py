"""Leave: what remains of the time is free for others at once."""

from dataclasses import dataclass
from uuid import UUID

from services.booking.domain.actor import Actor
from services.booking.domain.ports import BookingUnitOfWork
from services.booking.domain.reservation import Reservation
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOut:
    """Which reservation, and who says so."""

    reservation_id: UUID
    actor: Actor


def check_out(command: CheckOut, *, uow: BookingUnitOfWork, clock: Clock) -> Reservation:
    """Return the completed reservation; raises NotFound, StatusForbids."""
    with uow:
        now = clock.now()
        reservation = uow.reservations.lock(command.reservation_id)
        command.actor.insist_sees(reservation)
        completed = reservation.check_out(now)
        uow.reservations.save(reservation)
        change = {"action": "checked_out"}
        uow.reservations.note(reservation.id, at=now, actor=command.actor.id, change=change)
        uow.publish(completed)
        uow.commit()
    return reservation

"""Give a reservation up."""

from dataclasses import dataclass
from uuid import UUID

from services.booking.commands.accepted_rules import accepted_rules
from services.booking.commands.local_clocks import on_local_clock
from services.booking.domain.actor import Actor
from services.booking.domain.ports import BookingUnitOfWork
from services.booking.domain.reservation import Reservation
from shared.kernel.clock import Clock
from shared.kernel.refusal import VersionConflict


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelReservation:
    """Which one, who says so, and why (which staff should tell the person)."""

    reservation_id: UUID
    actor: Actor
    expected_version: int | None = None
    reason: str = ""


def cancel_reservation(
    command: CancelReservation, *, uow: BookingUnitOfWork, clock: Clock
) -> Reservation:
    """Return the cancelled reservation; the slot is free, and the row stays.

    Raises NotFound, VersionConflict, HasStarted, HasEnded, BelongsToActivity, StatusForbids.
    """
    with uow:
        now = clock.now()
        reservation = uow.reservations.lock(command.reservation_id)
        command.actor.insist_sees(reservation)
        if command.expected_version not in (None, reservation.version):
            raise VersionConflict
        with on_local_clock(uow, reservation.space_id):
            cancelled = reservation.cancel(
                now,
                notice_minutes=accepted_rules(uow, reservation).cancel_notice_minutes,
                by=command.actor.capacity_towards(reservation),
                reason=command.reason,
            )
        uow.reservations.save(reservation)
        change = {
            "action": "cancelled",
            "late": cancelled.late,
            "by": cancelled.cancelled_by,
            **({"reason": command.reason} if command.reason else {}),
        }
        uow.reservations.note(reservation.id, at=now, actor=command.actor.id, change=change)
        uow.publish(cancelled)
        uow.commit()
    return reservation

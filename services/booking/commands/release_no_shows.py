"""Free the spaces of those who never came; their rows stay."""

from services.booking.domain.ports import BookingUnitOfWork
from shared.kernel.clock import Clock

BATCH = 200


def release_no_shows(*, uow: BookingUnitOfWork, clock: Clock) -> int:
    """Release every reservation whose check-in window has closed; return how many."""
    released = 0
    while done := _release_some(uow, clock):
        released += done
        if done < BATCH:
            break
    return released


def _release_some(uow: BookingUnitOfWork, clock: Clock) -> int:
    with uow:
        now = clock.now()
        absent = uow.reservations.lock_absent(now, BATCH)
        for reservation in absent:
            uow.publish(reservation.release_no_show(now))
            uow.reservations.save(reservation)
            uow.reservations.note(reservation.id, at=now, actor=None, change={"action": "no_show"})
        uow.commit()
    return len(absent)

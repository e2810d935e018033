"""Free the spaces of those who never came; their rows stay."""

from datetime import datetime
from uuid import UUID

from services.booking.domain.ports import BookingUnitOfWork
from shared.kernel.clock import Clock
from shared.kernel.one_by_one import one_by_one


def release_no_shows(*, uow: BookingUnitOfWork, clock: Clock) -> int:
    """Release every reservation whose check-in window has closed; return how many.

    Each in a transaction of its own; raises LeftUndone when some could not be released.
    """
    now = clock.now()
    with uow:
        absent = uow.reservations.absent(now)
    return one_by_one("release no-show", absent, lambda each: _release(each, uow, now))


def _release(reservation_id: UUID, uow: BookingUnitOfWork, now: datetime) -> int:
    with uow:
        reservation = uow.reservations.lock_absent(reservation_id, now)
        if reservation is None:
            return 0
        uow.publish(reservation.release_no_show(now))
        uow.reservations.save(reservation)
        uow.reservations.note(reservation.id, at=now, actor=None, change={"action": "no_show"})
        uow.commit()
    return 1

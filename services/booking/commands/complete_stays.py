"""Close what is over: stays that nobody checked out of, and rooms whose activity has ended."""

from datetime import datetime
from uuid import UUID

from services.booking.domain.ports import BookingUnitOfWork
from services.booking.domain.reservation import Reservation, Status
from shared.contracts.domain_event import DomainEvent
from shared.kernel.clock import Clock
from shared.kernel.one_by_one import one_by_one


def complete_stays(*, uow: BookingUnitOfWork, clock: Clock) -> int:
    """Complete everything active whose held time is over; return how many.

    The padding is waited for: until then the space is not free. Each in a transaction of its own;
    raises LeftUndone when some could not be completed.
    """
    now = clock.now()
    with uow:
        ended = uow.reservations.ended(now)
    return one_by_one("complete stay", ended, lambda each: _complete(each, uow, now))


def _complete(reservation_id: UUID, uow: BookingUnitOfWork, now: datetime) -> int:
    with uow:
        reservation = uow.reservations.lock_ended(reservation_id, now)
        if reservation is None:
            return 0
        uow.publish(*_closed(reservation, now))
        uow.reservations.save(reservation)
        change = {"action": reservation.status.value}
        uow.reservations.note(reservation.id, at=now, actor=None, change=change)
        uow.commit()
    return 1


def _closed(reservation: Reservation, now: datetime) -> list[DomainEvent]:
    if reservation.is_unmeasured and reservation.status is Status.CONFIRMED:
        reservation.conclude_unmeasured(now)
        return []
    if reservation.status is Status.CONFIRMED:  # the other job has not come to it yet
        return [reservation.release_no_show(now)]
    return [reservation.check_out(now)]

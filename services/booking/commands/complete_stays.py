"""Close what is over: stays that nobody checked out of, and rooms whose activity has ended."""

from services.booking.domain.ports import BookingUnitOfWork
from services.booking.domain.reservation import Reservation, Status
from shared.contracts.domain_event import DomainEvent
from shared.kernel.clock import Clock

BATCH = 200


def complete_stays(*, uow: BookingUnitOfWork, clock: Clock) -> int:
    """Complete everything active whose held time is over; return how many.

    The padding is waited for: until then the space is not free.
    """
    completed = 0
    while done := _complete_some(uow, clock):
        completed += done
        if done < BATCH:
            break
    return completed


def _complete_some(uow: BookingUnitOfWork, clock: Clock) -> int:
    with uow:
        now = clock.now()
        ended = uow.reservations.lock_ended(now, BATCH)
        for reservation in ended:
            uow.publish(*_closed(reservation, clock))
            uow.reservations.save(reservation)
            change = {"action": reservation.status.value}
            uow.reservations.note(reservation.id, at=now, actor=None, change=change)
        uow.commit()
    return len(ended)


def _closed(reservation: Reservation, clock: Clock) -> list[DomainEvent]:
    if reservation.is_unmeasured and reservation.status is Status.CONFIRMED:
        reservation.conclude_unmeasured(clock.now())
        return []
    if reservation.status is Status.CONFIRMED:  # the other job has not come to it yet
        return [reservation.release_no_show(clock.now())]
    return [reservation.check_out(clock.now())]

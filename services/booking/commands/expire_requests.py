"""Let requests lapse that nobody has answered."""

from datetime import datetime
from uuid import UUID

from services.booking.domain import approval
from services.booking.domain.ports import BookingUnitOfWork
from shared.kernel.clock import Clock
from shared.kernel.one_by_one import one_by_one


def expire_requests(*, uow: BookingUnitOfWork, clock: Clock) -> int:
    """Expire every request whose time for an answer is over; return how many.

    Each in a transaction of its own; raises LeftUndone when some could not be expired.
    """
    now = clock.now()
    with uow:
        unanswered = uow.reservations.unanswered(now)
    return one_by_one("expire request", unanswered, lambda each: _expire(each, uow, now))


def _expire(reservation_id: UUID, uow: BookingUnitOfWork, now: datetime) -> int:
    with uow:
        request = uow.reservations.lock_unanswered(reservation_id, now)
        if request is None:
            return 0
        uow.publish(approval.expire(request, now))
        uow.reservations.save(request)
        uow.reservations.note(request.id, at=now, actor=None, change={"action": "expired"})
        uow.commit()
    return 1

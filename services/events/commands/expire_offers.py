"""End offers nobody answered in time; the next in line is offered the place."""

from datetime import datetime
from uuid import UUID

from services.events.commands.offer_freed_places import offer_freed_places
from services.events.domain.library_event import Status
from services.events.domain.ports import UnitOfWork
from services.events.domain.waiting_list import Reason, decide
from shared.kernel.clock import Clock
from shared.kernel.one_by_one import one_by_one


def expire_offers(*, uow: UnitOfWork, clock: Clock) -> int:
    """Lapse every expired offer, activity by activity; returns how many.

    Each activity in a transaction of its own; raises LeftUndone when some could not be dealt with.
    """
    now = clock.now()
    with uow:
        due = uow.registrations.with_expired_offers(now)
    return one_by_one("expire offers of activity", due, lambda each: _expire(each, uow, now))


def _expire(library_event_id: UUID, uow: UnitOfWork, now: datetime) -> int:
    with uow:
        library_event = uow.library_events.lock(library_event_id)
        if library_event is None or library_event.status is not Status.PUBLISHED:
            return 0  # closed or cancelled meanwhile, and every offer with it
        expired = uow.registrations.expired_offers(library_event_id, now)
        uow.publish(*(offer.expire(library_event, at=now) for offer in expired))
        uow.registrations.save(*expired)
        uow.decisions.add(*(decide(offer, now, Reason.OFFER_EXPIRED) for offer in expired))
        offer_freed_places(library_event, uow=uow, now=now)
        uow.commit()
    return len(expired)

"""End offers nobody answered in time; the next in line is offered the place."""

from services.events.commands.offer_freed_places import offer_freed_places
from services.events.domain.library_event import Status
from services.events.domain.ports import UnitOfWork
from services.events.domain.waiting_list import Reason, decide
from shared.kernel.clock import Clock


def expire_offers(*, uow: UnitOfWork, clock: Clock) -> int:
    """Lapse every expired offer, activity by activity; returns how many."""
    now = clock.now()
    with uow:
        due = uow.registrations.with_expired_offers(now)
    lapsed = 0
    for library_event_id in due:
        with uow:
            library_event = uow.library_events.lock(library_event_id)
            if library_event is None or library_event.status is not Status.PUBLISHED:
                continue  # closed or cancelled meanwhile, and every offer with it
            expired = uow.registrations.expired_offers(library_event_id, now)
            uow.publish(*(offer.expire(library_event, at=now) for offer in expired))
            uow.registrations.save(*expired)
            uow.decisions.add(*(decide(offer, now, Reason.OFFER_EXPIRED) for offer in expired))
            offer_freed_places(library_event, uow=uow, now=now)
            uow.commit()
            lapsed += len(expired)
    return lapsed

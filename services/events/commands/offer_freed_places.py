"""The step every command that frees a place ends with: offer it to who waits longest."""

from datetime import datetime

from services.events.domain.library_event import LibraryEvent, Status
from services.events.domain.ports import UnitOfWork
from services.events.domain.waiting_list import fill


def offer_freed_places(library_event: LibraryEvent, *, uow: UnitOfWork, now: datetime) -> None:
    """Offer every free place by the list's policy; the activity must be locked."""
    if library_event.status is not Status.PUBLISHED or now >= library_event.plan.starts_at:
        return
    tally = uow.registrations.tally(library_event.id)
    free = tally.free(library_event.plan.capacity)
    if free == 0 or tally.waiting == 0:
        return
    # Each takes one place at least; one more is looked at to say why it has to wait on.
    waiting = uow.registrations.waiting(library_event.id, limit=free + 1)
    filling = fill(library_event, free, waiting, now=now)
    uow.registrations.save(*filling.offered)
    uow.decisions.add(*filling.decisions)
    uow.publish(*filling.messages)

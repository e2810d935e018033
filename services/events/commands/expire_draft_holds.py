"""Give back the rooms that forgotten drafts keep from others."""

from datetime import datetime
from uuid import UUID

from services.events.domain.library_event import Status
from services.events.domain.ports import UnitOfWork
from services.events.domain.room import RoomNote
from shared.kernel.clock import Clock
from shared.kernel.one_by_one import one_by_one


def expire_draft_holds(*, uow: UnitOfWork, clock: Clock) -> int:
    """Give back every room a draft has had too long, and say so on the draft; returns how many.

    Each in a transaction of its own; raises LeftUndone when some could not be given back.
    """
    now = clock.now()
    with uow:
        due = uow.library_events.with_expired_holds(now)
    return one_by_one("expire room hold of draft", due, lambda each: _give_back(each, uow, now))


def _give_back(library_event_id: UUID, uow: UnitOfWork, now: datetime) -> int:
    with uow:
        library_event = uow.library_events.lock(library_event_id)
        if library_event is None or library_event.status is not Status.DRAFT:
            return 0  # published or thrown away meanwhile
        expires_at = library_event.room.hold_expires_at
        if expires_at is None or expires_at > now:
            return 0  # asked for anew meanwhile
        messages = library_event.give_back_the_room(RoomNote.DRAFT_HOLD_EXPIRED, now=now)
        uow.publish(*messages)
        uow.library_events.save(library_event)
        uow.commit()
    return len(messages)

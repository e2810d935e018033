"""Give back the rooms that forgotten drafts keep from others."""

from services.events.domain.library_event import Status
from services.events.domain.ports import UnitOfWork
from services.events.domain.room import RoomNote
from shared.kernel.clock import Clock


def expire_draft_holds(*, uow: UnitOfWork, clock: Clock) -> int:
    """Give back every room a draft has had too long, and say so on the draft; returns how many."""
    now = clock.now()
    with uow:
        due = uow.library_events.with_expired_holds(now)
    given_back = 0
    for library_event_id in due:
        with uow:
            library_event = uow.library_events.lock(library_event_id)
            if library_event is None or library_event.status is not Status.DRAFT:
                continue  # published or thrown away meanwhile
            expires_at = library_event.room.hold_expires_at
            if expires_at is None or expires_at > now:
                continue  # asked for anew meanwhile
            messages = library_event.give_back_the_room(RoomNote.DRAFT_HOLD_EXPIRED, now=now)
            uow.publish(*messages)
            uow.library_events.save(library_event)
            uow.commit()
            given_back += len(messages)
    return given_back

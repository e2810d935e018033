"""Call a published activity off: the room goes back, nobody keeps a place."""

from dataclasses import dataclass
from uuid import UUID

from services.events.commands.finding import locked_for
from services.events.domain import moving
from services.events.domain.actor import Actor
from services.events.domain.library_event import LibraryEvent
from services.events.domain.ports import UnitOfWork
from services.events.domain.registration import Status
from services.events.domain.room import RoomNote
from services.events.domain.waiting_list import Reason, decide
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelLibraryEvent:
    """Call it off, as its organizer or as staff."""

    library_event_id: UUID
    by: Actor
    reason: str = ""
    """What people are told; everybody may read it."""


def cancel_library_event(
    command: CancelLibraryEvent, *, uow: UnitOfWork, clock: Clock
) -> LibraryEvent:
    """Cancel it and every live sign-up.

    Raises NoSuchLibraryEvent, NotAllowed, NotPossibleNow, AlreadyOver or
    PeopleCame.
    """
    now = clock.now()
    with uow:
        library_event = locked_for(uow, command.library_event_id, command.by)
        came = uow.attendances.measure(library_event.id).people
        uow.publish(library_event.cancel(now=now, reason=command.reason, came=came))
        uow.publish(*library_event.give_back_the_room(RoomNote.CANCELLED, now=now))
        uow.publish(*moving.give_up(library_event, now=now))
        registrations = uow.registrations.unsettled(library_event.id)
        uow.decisions.add(
            *(
                decide(registration, now, Reason.ACTIVITY_CANCELLED)
                for registration in registrations
                if registration.status is not Status.CONFIRMED
            )
        )
        uow.publish(*(r.cancel(library_event, at=now, by="staff") for r in registrations))
        uow.registrations.save(*registrations)
        uow.library_events.save(library_event)
        uow.commit()
    return library_event

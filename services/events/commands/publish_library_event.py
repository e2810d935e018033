"""Put an activity on the public calendar."""

from dataclasses import dataclass
from uuid import UUID

from services.events.commands.finding import locked_for, require_version
from services.events.domain.actor import Actor
from services.events.domain.library_event import LibraryEvent
from services.events.domain.ports import UnitOfWork
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishLibraryEvent:
    """Publish a draft whose room is held, or that needs none."""

    library_event_id: UUID
    by: Actor
    expected_version: int | None = None


def publish_library_event(
    command: PublishLibraryEvent, *, uow: UnitOfWork, clock: Clock
) -> LibraryEvent:
    """Publish it.

    Raises NoSuchLibraryEvent, NotAllowed, VersionConflict, RoomNotHeld, NotPossibleNow or
    StartsInThePast.
    """
    with uow:
        library_event = locked_for(uow, command.library_event_id, command.by)
        require_version(command.expected_version, library_event.version)
        uow.publish(library_event.publish(now=clock.now()))
        uow.library_events.save(library_event)
        uow.commit()
    return library_event

"""Ask again for a room that was refused or given back."""

from dataclasses import dataclass
from uuid import UUID

from services.events.commands.draft_library_event import DRAFT_HOLD_DAYS
from services.events.commands.finding import locked_for, require_version
from services.events.domain.actor import Actor
from services.events.domain.library_event import LibraryEvent
from services.events.domain.ports import UnitOfWork
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForRoom:
    """Ask the booking service once more, with a fresh request."""

    library_event_id: UUID
    by: Actor
    expected_version: int | None = None
    hold_days: int = DRAFT_HOLD_DAYS


def ask_for_room(command: AskForRoom, *, uow: UnitOfWork, clock: Clock) -> LibraryEvent:
    """Send the request; raises NoSuchLibraryEvent, NotAllowed, VersionConflict, RoomNotWanted."""
    with uow:
        library_event = locked_for(uow, command.library_event_id, command.by)
        require_version(command.expected_version, library_event.version)
        uow.publish(
            library_event.ask_for_the_room(new_id(), now=clock.now(), hold_days=command.hold_days)
        )
        uow.library_events.save(library_event)
        uow.commit()
    return library_event

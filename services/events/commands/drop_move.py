"""Drop a move that waits for its answer or was refused: the activity stays as it is."""

from dataclasses import dataclass
from uuid import UUID

from services.events.commands.finding import locked_for, require_version
from services.events.domain import moving
from services.events.domain.actor import Actor
from services.events.domain.library_event import LibraryEvent
from services.events.domain.ports import UnitOfWork
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class DropMove:
    """Whose move is dropped, and by whom."""

    library_event_id: UUID
    by: Actor
    expected_version: int | None = None


def drop_move(command: DropMove, *, uow: UnitOfWork, clock: Clock) -> LibraryEvent:
    """Let the wish go; raises NoSuchLibraryEvent, NotAllowed, VersionConflict or NoMove."""
    with uow:
        library_event = locked_for(uow, command.library_event_id, command.by)
        require_version(command.expected_version, library_event.version)
        moving.drop(library_event, now=clock.now())
        uow.library_events.save(library_event)
        uow.commit()
    return library_event

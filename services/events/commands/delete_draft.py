"""Throw a draft away; its room goes back."""

from dataclasses import dataclass
from uuid import UUID

from services.events.commands.finding import locked_for, require_version
from services.events.domain.actor import Actor
from services.events.domain.ports import UnitOfWork
from services.events.domain.room import RoomNote
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteDraft:
    """Throw a draft away."""

    library_event_id: UUID
    by: Actor
    expected_version: int | None = None


def delete_draft(command: DeleteDraft, *, uow: UnitOfWork, clock: Clock) -> None:
    """Forget the draft; raises NoSuchLibraryEvent, NotAllowed, VersionConflict, NotPossibleNow."""
    with uow:
        library_event = locked_for(uow, command.library_event_id, command.by)
        require_version(command.expected_version, library_event.version)
        library_event.require_draft()
        uow.publish(*library_event.give_back_the_room(RoomNote.DELETED, now=clock.now()))
        uow.library_events.remove(library_event)
        uow.commit()

"""Take a space and time the booking service named when it refused the room."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from services.events.commands.change_library_event import ChangeLibraryEvent, change_library_event
from services.events.commands.draft_library_event import DRAFT_HOLD_DAYS
from services.events.commands.finding import locked_for
from services.events.domain import errors
from services.events.domain.actor import Actor
from services.events.domain.library_event import LibraryEvent
from services.events.domain.ports import UnitOfWork
from services.events.domain.room import Alternative
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeAlternative:
    """Move the draft to a space and time that were named, and ask for them."""

    library_event_id: UUID
    by: Actor
    space_id: UUID
    starts_at: datetime
    ends_at: datetime
    hold_days: int = DRAFT_HOLD_DAYS


def take_alternative(command: TakeAlternative, *, uow: UnitOfWork, clock: Clock) -> LibraryEvent:
    """Change the plan and ask anew; the sign-up window moves along with the start.

    Raises NoSuchLibraryEvent, NotAllowed, NoSuchAlternative, VersionConflict (somebody changed the
    draft meanwhile) and what a change of plan raises.
    """
    wanted = Alternative(
        space_id=command.space_id, starts_at=command.starts_at, ends_at=command.ends_at
    )
    with uow:
        library_event = locked_for(uow, command.library_event_id, command.by)
    if wanted not in library_event.room.alternatives:
        raise errors.NoSuchAlternative
    plan = library_event.plan
    moved = replace(
        plan.moved_by(wanted.starts_at - plan.starts_at),
        space_id=wanted.space_id,
        ends_at=wanted.ends_at,
    )
    change = ChangeLibraryEvent(
        library_event_id=library_event.id,
        by=command.by,
        changes=plan.differences(moved),
        expected_version=library_event.version,
        hold_days=command.hold_days,
    )
    return change_library_event(change, uow=uow, clock=clock)

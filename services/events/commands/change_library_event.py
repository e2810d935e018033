"""Change the plan of an activity; a draft that moves gives its room back and asks anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.events.commands.draft_library_event import DRAFT_HOLD_DAYS
from services.events.commands.finding import locked_for, require_version, setting_of
from services.events.commands.offer_freed_places import offer_freed_places
from services.events.domain import errors
from services.events.domain.actor import Actor
from services.events.domain.library_event import LibraryEvent, Status
from services.events.domain.ports import UnitOfWork
from services.events.domain.room import LIVE, Room, RoomNote
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import NotAllowed


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLibraryEvent:
    """Change some fields of a plan; `changes` names fields of Plan and their new values."""

    library_event_id: UUID
    by: Actor
    changes: Mapping[str, Any]
    expected_version: int | None = None
    hold_days: int = DRAFT_HOLD_DAYS


def change_library_event(
    command: ChangeLibraryEvent, *, uow: UnitOfWork, clock: Clock
) -> LibraryEvent:
    """Take over the changes; more places are offered to who waits, at once.

    Raises NoSuchLibraryEvent, NotAllowed, VersionConflict, PlanRefused, PublishedCannotMove,
    CapacityBelowTaken, NotPossibleNow or StartsInThePast.
    """
    now = clock.now()
    with uow:
        library_event = locked_for(uow, command.library_event_id, command.by)
        require_version(command.expected_version, library_event.version)
        before = library_event.plan
        plan = before.changed_by(command.changes)
        setting = setting_of(uow, plan, window_since=before, now=now)
        if not command.by.runs(library_event.organizer_id, setting.library_id):
            raise NotAllowed
        if plan.starts_at != before.starts_at and plan.starts_at <= now:
            raise errors.StartsInThePast(starts_at=setting.wall(plan.starts_at))
        library_event.change(plan, setting, now=now)
        if library_event.status is Status.PUBLISHED:
            _keep_promises(library_event, uow)
            offer_freed_places(library_event, uow=uow, now=now)
        elif not plan.asks_for_the_room_of(before):
            _move(library_event, command.hold_days, uow, clock)
        uow.library_events.save(library_event)
        uow.commit()
    return library_event


def _keep_promises(library_event: LibraryEvent, uow: UnitOfWork) -> None:
    taken = uow.registrations.tally(library_event.id).taken
    if library_event.plan.capacity < taken:
        raise errors.CapacityBelowTaken(capacity=library_event.plan.capacity, taken=taken)


def _move(library_event: LibraryEvent, hold_days: int, uow: UnitOfWork, clock: Clock) -> None:
    now = clock.now()
    uow.publish(*library_event.give_back_the_room(RoomNote.MOVED, now=now))
    if library_event.plan.space_id is not None:
        uow.publish(library_event.ask_for_the_room(new_id(), now=now, hold_days=hold_days))
    elif library_event.room.state not in LIVE:
        library_event.room = Room()

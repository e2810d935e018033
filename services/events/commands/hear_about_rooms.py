"""React to what the booking service says about spaces and rooms."""

from services.events.domain import room_answers
from services.events.domain.library_event import LibraryEvent
from services.events.domain.ports import UnitOfWork
from services.events.domain.room import Room
from services.events.domain.space import Space
from shared.contracts.booking import (
    RoomHoldGranted,
    RoomHoldRefused,
    RoomHoldReleased,
    SpaceDefined,
)
from shared.kernel.clock import Clock


def learn_space(defined: SpaceDefined, sequence: int, *, uow: UnitOfWork) -> None:
    """Keep what a space is like now; an older description that comes late changes nothing."""
    space = Space(
        id=defined.space_id,
        library_id=defined.library_id,
        timezone=defined.library_timezone,
        code=defined.code,
        name_zh=defined.name_zh,
        name_en=defined.name_en,
        space_type=defined.space_type,
        space_kind=defined.space_kind,
        capacity=defined.capacity,
        in_use=defined.in_use,
    )
    with uow:
        uow.spaces.learn(space, sequence)
        uow.commit()


def room_granted(granted: RoomHoldGranted, *, uow: UnitOfWork, clock: Clock) -> None:
    """Note the held room, or give back one that is no longer wanted."""
    with uow:
        library_event = uow.library_events.lock(granted.library_event_id)
        before = library_event.room if library_event else None
        uow.publish(*room_answers.hear_granted(library_event, granted, now=clock.now()))
        _save_if_changed(library_event, before, uow)
        uow.commit()


def room_refused(refused: RoomHoldRefused, *, uow: UnitOfWork, clock: Clock) -> None:
    """Note why the room cannot be had, and the alternatives."""
    with uow:
        library_event = uow.library_events.lock(refused.library_event_id)
        before = library_event.room if library_event else None
        room_answers.hear_refused(library_event, refused, now=clock.now())
        _save_if_changed(library_event, before, uow)
        uow.commit()


def room_released(released: RoomHoldReleased, *, uow: UnitOfWork, clock: Clock) -> None:
    """Note that the room is gone, if it is the one that counts."""
    with uow:
        library_event = uow.library_events.lock(released.library_event_id)
        before = library_event.room if library_event else None
        room_answers.hear_released(library_event, released, now=clock.now())
        _save_if_changed(library_event, before, uow)
        uow.commit()


def _save_if_changed(
    library_event: LibraryEvent | None, before: Room | None, uow: UnitOfWork
) -> None:
    # A stale answer must not give the organizer a new version to fetch.
    if library_event is not None and library_event.room != before:
        uow.library_events.save(library_event)

"""React to what the booking service says about spaces and rooms."""

from datetime import datetime

from services.events.commands.carry_out_move import carry_out_move
from services.events.domain import move_answers, room_answers
from services.events.domain.library_event import LibraryEvent
from services.events.domain.move import Move
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
    """Note the held room, carry out the move it was wanted for, or give it back."""
    now = clock.now()
    with uow:
        library_event = uow.library_events.lock(granted.library_event_id)
        before = _rooms(library_event)
        move = move_answers.move_answered_by(library_event, granted)
        if library_event is not None and move is not None:
            _settle(library_event, move, granted, uow, now)
        else:
            uow.publish(*room_answers.hear_granted(library_event, granted, now=now))
        _save_if_changed(library_event, before, uow)
        uow.commit()


def _settle(
    library_event: LibraryEvent,
    move: Move,
    granted: RoomHoldGranted,
    uow: UnitOfWork,
    now: datetime,
) -> None:
    came = uow.attendances.measure(library_event.id).people
    if why := move_answers.why_too_late(library_event, granted, now=now, came=came):
        uow.publish(*move_answers.refuse(library_event, granted, why, now=now))
        return
    uow.publish(*move_answers.let_go(library_event, granted))
    destination = move_answers.destination(library_event, move, granted, now=now)
    carry_out_move(library_event, destination, uow=uow, now=now)


def room_refused(refused: RoomHoldRefused, *, uow: UnitOfWork, clock: Clock) -> None:
    """Note why the room cannot be had, and the alternatives."""
    with uow:
        library_event = uow.library_events.lock(refused.library_event_id)
        before = _rooms(library_event)
        room_answers.hear_refused(library_event, refused, now=clock.now())
        _save_if_changed(library_event, before, uow)
        uow.commit()


def room_released(released: RoomHoldReleased, *, uow: UnitOfWork, clock: Clock) -> None:
    """Note that the room is gone, if it is the one that counts."""
    with uow:
        library_event = uow.library_events.lock(released.library_event_id)
        before = _rooms(library_event)
        room_answers.hear_released(library_event, released, now=clock.now())
        _save_if_changed(library_event, before, uow)
        uow.commit()


def _rooms(library_event: LibraryEvent | None) -> tuple[Room, Move | None] | None:
    return None if library_event is None else (library_event.room, library_event.move)


def _save_if_changed(
    library_event: LibraryEvent | None, before: tuple[Room, Move | None] | None, uow: UnitOfWork
) -> None:
    # A stale answer must not give the organizer a new version to fetch.
    if library_event is not None and _rooms(library_event) != before:
        uow.library_events.save(library_event)

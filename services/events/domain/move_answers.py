"""What a room that was granted for a move comes to, in whatever order answers arrive."""

from dataclasses import replace
from datetime import datetime

from services.events.domain import room_answers
from services.events.domain.library_event import LibraryEvent, Status
from services.events.domain.move import Destination, Move
from services.events.domain.room import LIVE
from shared.contracts.booking import RoomHoldGranted
from shared.contracts.events import RoomGivenBack


def move_answered_by(library_event: LibraryEvent | None, granted: RoomHoldGranted) -> Move | None:
    """Return the wish a grant answers; None for any other grant, and for one heard before."""
    move = library_event.move if library_event is not None else None
    return move if move is not None and move.room.is_answered_by(granted.request_id) else None


def why_too_late(
    library_event: LibraryEvent, granted: RoomHoldGranted, *, now: datetime, came: int
) -> str | None:
    """Return why a granted move cannot be carried out any more, or None.

    Between asking and answer the activity may have begun, people may be recorded as there (`came`),
    the new start may have passed, or the organizer may have promised more places than the room has.
    """
    move = library_event.move
    has_begun = library_event.status is not Status.PUBLISHED or now >= library_event.plan.starts_at
    if has_begun or came:
        return "activity_has_begun"
    if move is None or move.starts_at <= now:
        return "in_the_past"
    if library_event.plan.capacity > granted.capacity:
        return "party_too_large"
    return None


def refuse(
    library_event: LibraryEvent, granted: RoomHoldGranted, why: str, *, now: datetime
) -> room_answers.Answers:
    """Let the organizer see that it came too late, and give the room back."""
    if library_event.move is not None:
        library_event.move = library_event.move.refused((why,))
        library_event.changed_at = now
    return room_answers.answer_stale(library_event, granted, now=now)


def let_go(library_event: LibraryEvent, granted: RoomHoldGranted) -> tuple[RoomGivenBack, ...]:
    """Give back the room given up for the granted one, if that was heard before the grant.

    Until then the booking service keeps the old time from others. A room that is still noted as
    held is given back by the move itself.
    """
    room, replaced = library_event.room, granted.replaced_request_id
    if replaced is None or (room.state in LIVE and room.request_id == replaced):
        return ()
    return (RoomGivenBack(library_event_id=library_event.id, request_id=replaced),)


def destination(
    library_event: LibraryEvent, move: Move, granted: RoomHoldGranted, *, now: datetime
) -> Destination:
    """Return where the granted move leads: the plan as it is by now, at the wished time."""
    return Destination(
        plan=move.applied_to(library_event.plan, now=now),
        setting=replace(library_event.setting, space_kind=granted.space_kind),
        room=move.room.held_as(granted.reservation_id),
    )

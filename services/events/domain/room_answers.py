"""What the booking service's answers do to an activity, in whatever order they arrive."""

from datetime import datetime
from uuid import UUID

from services.events.domain.library_event import LibraryEvent, Status
from services.events.domain.room import Alternative, RoomNote, RoomState
from shared.contracts.booking import RoomHoldGranted, RoomHoldRefused, RoomHoldReleased
from shared.contracts.events import RoomGivenBack, RoomRequested
from shared.kernel.identifiers import named_id

Answers = tuple[RoomRequested | RoomGivenBack, ...]


def hear_granted(
    library_event: LibraryEvent | None, granted: RoomHoldGranted, *, now: datetime
) -> Answers:
    """Keep the room if it is the one waited for; answer a stale grant by giving the room back.

    Stale is: the draft is gone, the request was superseded, or the room was given back meanwhile.
    The same grant heard twice changes nothing. Grants of moves are heard by move_answers first.
    """
    if library_event is None:
        return (_give_back(granted.library_event_id, granted.request_id),)
    room = library_event.room
    if room.is_answered_by(granted.request_id):
        library_event.room = room.held_as(granted.reservation_id)
        library_event.changed_at = now
        return ()
    if room.state is RoomState.HELD and room.request_id == granted.request_id:
        return ()
    return answer_stale(library_event, granted, now=now)


def answer_stale(
    library_event: LibraryEvent, granted: RoomHoldGranted, *, now: datetime
) -> Answers:
    """Give back a room nobody wants any more.

    If the activity's own room was given up for it, as happens to a move within one room that is
    dropped before its answer comes, the own room is asked for again in exchange.
    """
    given_back = _give_back(library_event.id, granted.request_id)
    if not _gave_up_its_room_for(library_event, granted, now):
        return (given_back,)
    back = named_id("room_asked_back", str(granted.request_id))
    asked = library_event.ask_back_the_room(back, replaces=granted.request_id, now=now)
    return (asked, given_back)


def hear_refused(
    library_event: LibraryEvent | None, refused: RoomHoldRefused, *, now: datetime
) -> None:
    """Keep the refusal's codes and alternatives if it answers the request waited for."""
    if library_event is None:
        return
    alternatives = tuple(
        Alternative(space_id=slot.space_id, starts_at=slot.starts_at, ends_at=slot.ends_at)
        for slot in refused.alternatives
    )
    move = library_event.move
    if library_event.room.is_answered_by(refused.request_id):
        library_event.room = library_event.room.refused(refused.codes, alternatives)
    elif move is not None and move.room.is_answered_by(refused.request_id):
        library_event.move = move.refused(refused.codes, alternatives)
    else:
        return
    library_event.changed_at = now


def hear_released(
    library_event: LibraryEvent | None, released: RoomHoldReleased, *, now: datetime
) -> None:
    """Note that the booking service took the room away; usual after our own giving back."""
    if library_event is None:
        return
    room, move = library_event.room, library_event.move
    still_counts = room.state in {RoomState.REQUESTED, RoomState.HELD}
    if still_counts and room.request_id == released.request_id:
        library_event.room = room.given_back(RoomNote.RELEASED)
    elif move is not None and move.room.is_answered_by(released.request_id):
        library_event.move = move.released()
    else:
        return
    library_event.changed_at = now


def _gave_up_its_room_for(
    library_event: LibraryEvent, granted: RoomHoldGranted, now: datetime
) -> bool:
    room = library_event.room
    was_its_own = (
        granted.replaced_request_id is not None and granted.replaced_request_id == room.request_id
    )
    is_kept = room.state is RoomState.HELD or room.note is RoomNote.RELEASED
    still_needed = library_event.status is Status.PUBLISHED and now < library_event.plan.ends_at
    return was_its_own and is_kept and still_needed


def _give_back(library_event_id: UUID, request_id: UUID) -> RoomGivenBack:
    return RoomGivenBack(library_event_id=library_event_id, request_id=request_id)

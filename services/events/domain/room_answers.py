"""What the booking service's answers do to an activity, in whatever order they arrive."""

from datetime import datetime
from uuid import UUID

from services.events.domain.library_event import LibraryEvent
from services.events.domain.room import Alternative, RoomNote, RoomState
from shared.contracts.booking import RoomHoldGranted, RoomHoldRefused, RoomHoldReleased
from shared.contracts.events import RoomGivenBack


def hear_granted(
    library_event: LibraryEvent | None, granted: RoomHoldGranted, *, now: datetime
) -> tuple[RoomGivenBack, ...]:
    """Keep the room if it is the one waited for; answer a stale grant by giving the room back.

    Stale is: the draft is gone, the request was superseded, or the room was given back meanwhile.
    The same grant heard twice changes nothing.
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
    return (_give_back(library_event.id, granted.request_id),)


def hear_refused(
    library_event: LibraryEvent | None, refused: RoomHoldRefused, *, now: datetime
) -> None:
    """Keep the refusal's codes and alternatives if it answers the request waited for."""
    if library_event is None or not library_event.room.is_answered_by(refused.request_id):
        return
    alternatives = tuple(
        Alternative(space_id=slot.space_id, starts_at=slot.starts_at, ends_at=slot.ends_at)
        for slot in refused.alternatives
    )
    library_event.room = library_event.room.refused(refused.codes, alternatives)
    library_event.changed_at = now


def hear_released(
    library_event: LibraryEvent | None, released: RoomHoldReleased, *, now: datetime
) -> None:
    """Note that the booking service took the room away; usual after our own giving back."""
    if library_event is None:
        return
    room = library_event.room
    still_counts = room.state in {RoomState.REQUESTED, RoomState.HELD}
    if still_counts and room.request_id == released.request_id:
        library_event.room = room.given_back(RoomNote.RELEASED)
        library_event.changed_at = now


def _give_back(library_event_id: UUID, request_id: UUID) -> RoomGivenBack:
    return RoomGivenBack(library_event_id=library_event_id, request_id=request_id)

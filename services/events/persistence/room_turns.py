"""The talk about an activity's room, turn by turn.

Written wherever an activity is saved and its room is not as the last turn left it, so that no
command, message or job can forget to say so.
"""

from uuid import UUID

from sqlalchemy import Insert, insert, select, tuple_

from services.events.domain.room import RoomState
from services.events.persistence.tables import library_event, room_turn

_FROM_ACTIVITY = {
    "library_event_id": library_event.c.id,
    "at": library_event.c.changed_at,
    "state": library_event.c.room_state,
    "request_id": library_event.c.room_request_id,
    "space_id": library_event.c.space_id,
    "starts_at": library_event.c.starts_at,
    "ends_at": library_event.c.ends_at,
    "codes": library_event.c.room_codes,
    "alternatives": library_event.c.room_alternatives,
    "note": library_event.c.room_note,
    "hold_expires_at": library_event.c.room_hold_expires_at,
}


def note_room_turn(library_event_id: UUID) -> Insert:
    """Return the statement that appends the room as it stands now, unless it is unchanged."""
    last = (
        select(room_turn.c.state, room_turn.c.request_id)
        .where(room_turn.c.library_event_id == library_event_id)
        .order_by(room_turn.c.position.desc())
        .limit(1)
        .subquery()
    )
    unchanged = (
        select(last.c.state)
        .where(
            tuple_(last.c.state, last.c.request_id)
            == tuple_(library_event.c.room_state, library_event.c.room_request_id)
        )
        .exists()
    )
    turn = select(*_FROM_ACTIVITY.values()).where(
        library_event.c.id == library_event_id,
        library_event.c.room_request_id.is_not(None),
        library_event.c.room_state != RoomState.NONE,
        ~unchanged,
    )
    return insert(room_turn).from_select(list(_FROM_ACTIVITY), turn)

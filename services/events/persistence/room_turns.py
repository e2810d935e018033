"""The talk about an activity's rooms, turn by turn: its own, and that of a move wished for.

Written wherever an activity is saved and a room is not as the last turn about the same request left
it, so that no command, message or job can forget to say so.
"""

from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Insert, func, insert, literal, select

from services.events.domain.move import Move
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
    turn = select(*_FROM_ACTIVITY.values()).where(
        library_event.c.id == library_event_id,
        library_event.c.room_request_id.is_not(None),
        library_event.c.room_state != RoomState.NONE,
        _is_news(library_event.c.room_request_id, library_event.c.room_state),
    )
    return insert(room_turn).from_select(list(_FROM_ACTIVITY), turn)


def note_turn_of_move(library_event_id: UUID, move: Move) -> Insert:
    """Return the statement that appends how it stands with a move's room, unless unchanged."""
    columns = room_turn.c
    said = {
        "library_event_id": library_event.c.id,
        "at": library_event.c.changed_at,
        "state": literal(move.room.state, columns.state.type),
        "request_id": literal(move.room.request_id, columns.request_id.type),
        "space_id": literal(move.space_id, columns.space_id.type),
        "starts_at": literal(move.starts_at, columns.starts_at.type),
        "ends_at": literal(move.ends_at, columns.ends_at.type),
        "codes": literal(list(move.room.codes), columns.codes.type),
        "alternatives": literal(
            msgspec.to_builtins(move.room.alternatives), columns.alternatives.type
        ),
        "note": literal(move.room.note, columns.note.type),
        "of_move": literal(True),  # noqa: FBT003  # the value of a column, no argument to decide by
    }
    turn = select(*said.values()).where(
        library_event.c.id == library_event_id, _is_news(said["request_id"], said["state"])
    )
    return insert(room_turn).from_select(list(said), turn)


def _is_news(request_id: ColumnElement[UUID], state: ColumnElement[str]) -> ColumnElement[bool]:
    last = (
        select(room_turn.c.state)
        .where(
            room_turn.c.library_event_id == library_event.c.id,
            room_turn.c.request_id == request_id,
        )
        .order_by(room_turn.c.position.desc())
        .limit(1)
        .correlate(library_event)
        .scalar_subquery()
    )
    return func.coalesce(last, "") != state

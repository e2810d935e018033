"""Activities as rows, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, delete, insert, select, update

from services.events.domain.library_event import LibraryEvent, Status
from services.events.domain.move import Move
from services.events.domain.plan import Plan, Programme
from services.events.domain.room import LIVE, Alternative, Room, RoomNote, RoomState
from services.events.domain.space import Setting
from services.events.persistence.room_turns import note_room_turn, note_turn_of_move
from services.events.persistence.tables import library_event as table

_PLAN_FIELDS = tuple(field.name for field in fields(Plan))
_OWN_FIELDS = (
    "id",
    "organizer_id",
    "attendance_secret",
    "attendance_measured",
    "calendar_sequence",
    "created_at",
    "changed_at",
    "published_at",
    "moved_at",
    "cancel_reason",
    "version",
)


class SqlLibraryEvents:
    """Activities in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def lock(self, library_event_id: UUID) -> LibraryEvent | None:
        """Return an activity under its row lock, held until the transaction ends."""
        found = select(table).where(table.c.id == library_event_id).with_for_update()
        row = self._connection.execute(found).first()
        return None if row is None else to_domain(row)

    def add(self, library_event: LibraryEvent) -> None:
        """Insert its row."""
        self._connection.execute(insert(table).values(to_row(library_event)))
        self._note_turns(library_event)

    def save(self, library_event: LibraryEvent) -> None:
        """Update its row; the version rises by one, in the object too."""
        library_event.version += 1
        changed = update(table).where(table.c.id == library_event.id)
        self._connection.execute(changed.values(to_row(library_event)))
        self._note_turns(library_event)

    def _note_turns(self, library_event: LibraryEvent) -> None:
        self._connection.execute(note_room_turn(library_event.id))
        if library_event.move is not None:
            self._connection.execute(note_turn_of_move(library_event.id, library_event.move))

    def remove(self, library_event: LibraryEvent) -> None:
        """Delete its row."""
        self._connection.execute(delete(table).where(table.c.id == library_event.id))

    def with_expired_holds(self, now: datetime) -> Sequence[UUID]:
        """Return drafts whose room is due back, longest overdue first."""
        due = (
            select(table.c.id)
            .where(
                table.c.status == Status.DRAFT,
                table.c.room_state.in_(sorted(LIVE)),
                table.c.room_hold_expires_at <= now,
            )
            .order_by(table.c.room_hold_expires_at)
        )
        return self._connection.scalars(due).all()

    def ended_before(self, instant: datetime) -> Sequence[UUID]:
        """Return published activities that ended before an instant, earliest first."""
        due = (
            select(table.c.id)
            .where(table.c.status == Status.PUBLISHED, table.c.ends_at < instant)
            .order_by(table.c.ends_at)
        )
        return self._connection.scalars(due).all()


def to_domain(row: Row[Any]) -> LibraryEvent:
    """Return the activity a row keeps."""
    columns = row._mapping  # noqa: SLF001  # SQLAlchemy's documented name
    plan = {name: columns[name] for name in _PLAN_FIELDS}
    return LibraryEvent(
        **{name: columns[name] for name in _OWN_FIELDS},
        plan=Plan(**plan | {"programme": Programme(columns["programme"])}),
        setting=Setting(
            library_id=columns["library_id"],
            timezone=columns["timezone"],
            space_kind=columns["space_kind"],
        ),
        status=Status(columns["status"]),
        room=_room(columns),
        move=msgspec.convert(columns["move"], Move | None),
    )


def to_row(library_event: LibraryEvent) -> dict[str, Any]:
    """Return the row that keeps an activity."""
    room = library_event.room
    setting = library_event.setting
    return {
        **{name: getattr(library_event.plan, name) for name in _PLAN_FIELDS},
        **{name: getattr(library_event, name) for name in _OWN_FIELDS},
        "status": library_event.status,
        "library_id": setting.library_id,
        "timezone": setting.timezone,
        "space_kind": setting.space_kind,
        "move": msgspec.to_builtins(library_event.move),
        "room_state": room.state,
        "room_request_id": room.request_id,
        "room_reservation_id": room.reservation_id,
        "room_codes": list(room.codes),
        "room_alternatives": msgspec.to_builtins(room.alternatives),
        "room_note": room.note,
        "room_hold_expires_at": room.hold_expires_at,
    }


def _room(columns: Mapping[Any, Any]) -> Room:
    note = columns["room_note"]
    return Room(
        state=RoomState(columns["room_state"]),
        request_id=columns["room_request_id"],
        reservation_id=columns["room_reservation_id"],
        codes=tuple(columns["room_codes"]),
        alternatives=msgspec.convert(columns["room_alternatives"], tuple[Alternative, ...]),
        note=None if note is None else RoomNote(note),
        hold_expires_at=columns["room_hold_expires_at"],
    )

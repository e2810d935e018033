"""Moving an activity and what the booking service answers, a line each."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.events.commands.drop_move import DropMove, drop_move
from services.events.commands.hear_about_rooms import room_granted, room_refused, room_released
from services.events.commands.move_library_event import MoveLibraryEvent, move_library_event
from services.events.commands.record_attendance import Attendee
from services.events.domain.actor import Actor
from services.events.domain.library_event import LibraryEvent
from shared.contracts.booking import (
    AlternativeSlot,
    RoomHoldGranted,
    RoomHoldRefused,
    RoomHoldReleased,
)
from tests.events.stage import Stage, granted
from tests.support.event_builders import TOMORROW, a_space, an_organizer

HALL = UUID("00000000-0000-7000-8000-000000000004")
LATER = {
    "starts_at": TOMORROW + timedelta(days=2),
    "ends_at": TOMORROW + timedelta(days=2, hours=2),
}
Answer = RoomHoldGranted | RoomHoldRefused | RoomHoldReleased


@dataclass
class Mover:
    stage: Stage

    def __post_init__(self) -> None:
        hall = a_space(id=HALL, code="HALL", name_en="Hall", space_kind="academic")
        with self.stage.uow:
            self.stage.uow.spaces.learn(hall, 2)
            self.stage.uow.commit()

    def published(self, **planned: Any) -> LibraryEvent:
        return self.stage.activity(self.stage.published(**planned))

    def move(
        self,
        library_event: LibraryEvent,
        *,
        by: Actor = an_organizer,
        version: int | None = None,
        **changes: Any,
    ) -> LibraryEvent:
        command = MoveLibraryEvent(
            library_event_id=library_event.id, by=by, changes=changes, expected_version=version
        )
        return move_library_event(command, uow=self.stage.uow, clock=self.stage.clock)

    def drop(self, library_event: LibraryEvent) -> LibraryEvent:
        command = DropMove(library_event_id=library_event.id, by=an_organizer)
        return drop_move(command, uow=self.stage.uow, clock=self.stage.clock)

    def grant_of(self, library_event: LibraryEvent, **changes: Any) -> RoomHoldGranted:
        """What the booking service says when it holds the room the wish is for."""
        move = self.stage.activity(library_event).move
        assert move is not None
        said = {
            "request_id": move.room.request_id,
            "space_id": move.space_id,
            "space_kind": "academic" if move.space_id == HALL else "cultural",
            "held_from": move.starts_at,
            "held_until": move.ends_at,
        }
        return granted(library_event, **said | changes)

    def grant(self, library_event: LibraryEvent, **changes: Any) -> RoomHoldGranted:
        said = self.grant_of(library_event, **changes)
        self.hear(said)
        return said

    def refuse(self, library_event: LibraryEvent) -> None:
        move = self.stage.activity(library_event).move
        assert move is not None
        assert move.room.request_id is not None
        slot = AlternativeSlot(
            space_id=HALL,
            starts_at=move.starts_at + timedelta(hours=1),
            ends_at=move.ends_at + timedelta(hours=1),
        )
        self.hear(
            RoomHoldRefused(
                library_event_id=library_event.id,
                request_id=move.room.request_id,
                space_id=move.space_id,
                codes=("slot_taken",),
                alternatives=(slot,),
            )
        )

    def hear(self, answer: Answer) -> None:
        uow, clock = self.stage.uow, self.stage.clock
        match answer:
            case RoomHoldGranted():
                room_granted(answer, uow=uow, clock=clock)
            case RoomHoldRefused():
                room_refused(answer, uow=uow, clock=clock)
            case RoomHoldReleased():
                room_released(answer, uow=uow, clock=clock)

    def attendees(self, *people: UUID) -> tuple[Attendee, ...]:
        return tuple(Attendee(patron_id=one) for one in people)

"""The library's desk: says in a line what people do, on any unit of work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.booking.commands.answer_request import Approve, Reject, approve, reject
from services.booking.commands.cancel_reservation import CancelReservation, cancel_reservation
from services.booking.commands.change_reservation import ChangeReservation, change_reservation
from services.booking.commands.check_in import CheckIn, check_in
from services.booking.commands.check_out import CheckOut, check_out
from services.booking.commands.hold_room import HoldRoom, hold_room
from services.booking.commands.publish_rules import PublishRules, publish_rules
from services.booking.commands.release_room_hold import ReleaseRoomHold, release_room_hold
from services.booking.commands.reserve import Reserve, reserve
from services.booking.commands.walk_in import WalkIn, walk_in
from services.booking.domain.actor import Actor
from services.booking.domain.reservation import Reservation
from services.booking.domain.rulebook import Rulebook
from services.booking.domain.space import Space
from shared.contracts.domain_event import DomainEvent
from shared.kernel.clock import SetClock
from shared.kernel.identifiers import named_id
from shared.kernel.rotating_code import code_at
from tests.support.booking_builders import LIBRARY_ID, ROOM, STAFF_ID, hour
from tests.support.booking_fakes import FakeBookingUnitOfWork

ADA = named_id("test", "ada")
BEN = named_id("test", "ben")
STAFF = Actor(STAFF_ID, staff=True)
EVENT_ID, REQUEST_ID = named_id("test", "talk"), named_id("test", "request")


@dataclass
class Desk:
    uow: FakeBookingUnitOfWork
    clock: SetClock

    def reserve(
        self,
        patron_id: UUID = ADA,
        start: datetime | None = None,
        minutes: int = 60,
        space: Space = ROOM,
        **asked: Any,
    ) -> Reservation:
        starts_at = start or hour(10)
        command = Reserve(
            space_id=space.id,
            patron_id=patron_id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=minutes),
            **asked,
        )
        return reserve(command, uow=self.uow, clock=self.clock)

    def walk_in(self, patron_id: UUID, until: datetime) -> Reservation:
        command = WalkIn(space_id=ROOM.id, patron_id=patron_id, actor=STAFF, ends_at=until)
        return walk_in(command, uow=self.uow, clock=self.clock)

    def change(
        self, reservation: Reservation, actor: Actor | None = None, **changes: Any
    ) -> Reservation:
        by = actor or Actor(reservation.patron_id)
        command = ChangeReservation(reservation_id=reservation.id, actor=by, **changes)
        return change_reservation(command, uow=self.uow, clock=self.clock)

    def cancel(
        self, reservation: Reservation, actor: Actor | None = None, **said: Any
    ) -> Reservation:
        by = actor or Actor(reservation.patron_id)
        command = CancelReservation(reservation_id=reservation.id, actor=by, **said)
        return cancel_reservation(command, uow=self.uow, clock=self.clock)

    def check_in(
        self,
        reservation: Reservation,
        at: datetime,
        actor: Actor | None = None,
        code: str | None = None,
    ) -> Reservation:
        self.clock.set(at)
        by = actor or Actor(reservation.patron_id)
        shown = code_at(ROOM.secret, at) if actor is None and code is None else code
        command = CheckIn(reservation_id=reservation.id, actor=by, code=shown)
        return check_in(command, uow=self.uow, clock=self.clock)

    def check_out(self, reservation: Reservation, at: datetime) -> Reservation:
        self.clock.set(at)
        command = CheckOut(reservation_id=reservation.id, actor=Actor(reservation.patron_id))
        return check_out(command, uow=self.uow, clock=self.clock)

    def approve(self, request: Reservation, actor: Actor | None = None) -> Reservation:
        command = Approve(reservation_id=request.id, actor=actor or STAFF)
        return approve(command, uow=self.uow, clock=self.clock)

    def reject(self, request: Reservation, reason: str = "Exams", actor: Actor = STAFF) -> None:
        command = Reject(reservation_id=request.id, actor=actor, reason=reason)
        reject(command, uow=self.uow, clock=self.clock)

    def publish_rules(self, actor: Actor = STAFF, **changes: Any) -> Rulebook:
        said: dict[str, Any] = {
            "library_id": LIBRARY_ID,
            "scope_type": "library",
            "scope_id": str(LIBRARY_ID),
            "body": {},
        }
        command = PublishRules(**{**said, **changes}, actor=actor)
        return publish_rules(command, uow=self.uow, clock=self.clock)

    def hold(self, start: datetime | None = None, **changes: Any) -> None:
        starts_at = start or hour(18)
        said: dict[str, Any] = {
            "library_event_id": EVENT_ID,
            "request_id": REQUEST_ID,
            "space_id": ROOM.id,
            "organizer_id": BEN,
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=2),
        }
        hold_room(HoldRoom(**{**said, **changes}), uow=self.uow, clock=self.clock)

    def give_back(self) -> None:
        command = ReleaseRoomHold(library_event_id=EVENT_ID, request_id=REQUEST_ID)
        release_room_hold(command, uow=self.uow, clock=self.clock)

    @property
    def kept(self) -> Sequence[Reservation]:
        return list(self.uow.committed.reservations.values())

    def said(self) -> list[str]:
        return [".".join(message.type.split(".")[1:3]) for message in self.uow.messages]

    def last(self) -> DomainEvent:
        return self.uow.messages[-1]

    def noted(self) -> list[str]:
        return [change["action"] for *_, change in self.uow.committed.history]

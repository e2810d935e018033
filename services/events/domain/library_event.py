"""An activity: planned as a draft, given a room, published, closed or cancelled."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.events.domain import errors
from services.events.domain.move import Move
from services.events.domain.plan import Plan
from services.events.domain.room import LIVE, Room, RoomNote, RoomState
from services.events.domain.space import Setting
from shared.contracts.events import (
    LibraryEventCancelled,
    LibraryEventClosed,
    LibraryEventPublished,
    RoomGivenBack,
    RoomRequested,
)


class Status(StrEnum):
    """How far an activity has come."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"
    CANCELLED = "cancelled"


MAY_BECOME: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.PUBLISHED}),
    Status.PUBLISHED: frozenset({Status.CLOSED, Status.CANCELLED}),
    Status.CLOSED: frozenset(),
    Status.CANCELLED: frozenset(),
}


@dataclass(slots=True, kw_only=True)
class LibraryEvent:
    """A lecture, workshop, exhibition, reading group, salon or training, and its room."""

    id: UUID
    organizer_id: UUID
    plan: Plan
    setting: Setting
    attendance_secret: bytes
    created_at: datetime
    changed_at: datetime
    status: Status = Status.DRAFT
    room: Room = field(default_factory=Room)
    move: Move | None = None
    """Where it shall be instead, once published; nothing has moved while this stands here."""
    moved_at: datetime | None = None
    """When it last moved, if it ever did."""
    published_at: datetime | None = None
    cancel_reason: str = ""
    """What people are told when it was called off; may be empty."""
    attendance_measured: bool | None = None
    """None until closed; False is not the same as nobody came."""
    calendar_sequence: int = 0
    """Rises whenever a calendar that shows this activity must change (RFC 5545, SEQUENCE)."""
    version: int = 1

    def change(self, plan: Plan, setting: Setting, *, now: datetime) -> None:
        """Take over a new plan; a published activity keeps its time and room: see moving.py.

        Raises PublishedCannotMove, and NotPossibleNow once closed or cancelled.
        """
        if self.status not in {Status.DRAFT, Status.PUBLISHED}:
            raise errors.NotPossibleNow(status=self.status.value)
        if self.status is Status.PUBLISHED:
            if not plan.leads_people_as(self.plan) or setting != self.setting:
                raise errors.PublishedCannotMove(starts_at=self.setting.wall(self.plan.starts_at))
            self.calendar_sequence += 1
        self.plan = plan
        self.setting = setting
        self.changed_at = now

    def ask_for_the_room(self, request_id: UUID, *, now: datetime, hold_days: int) -> RoomRequested:
        """Ask the booking service for the room; a draft keeps it `hold_days` days at most.

        Raises RoomNotWanted when the plan names no space, or the room is asked for or held.
        """
        plan = self.plan
        if plan.space_id is None or self.room.state in LIVE or not self._is_coming(now):
            raise errors.RoomNotWanted(room=self.room.state.value, status=self.status.value)
        is_draft = self.status is Status.DRAFT
        self.room = self.room.requested(
            request_id, now + timedelta(days=hold_days) if is_draft else None
        )
        self.changed_at = now
        return self.room_request(plan, plan.space_id, request_id)

    def ask_back_the_room(
        self, request_id: UUID, *, replaces: UUID, now: datetime
    ) -> RoomRequested:
        """Ask for the room of the plan anew, in exchange for what another request was granted."""
        if self.plan.space_id is None:
            raise errors.RoomNotWanted(room=self.room.state.value, status=self.status.value)
        self.room = Room().requested(request_id, None)
        self.changed_at = now
        return self.room_request(self.plan, self.plan.space_id, request_id, replaces=replaces)

    def room_request(
        self, plan: Plan, space_id: UUID, request_id: UUID, *, replaces: UUID | None = None
    ) -> RoomRequested:
        """Return the request for the room a plan needs."""
        return RoomRequested(
            library_event_id=self.id,
            request_id=request_id,
            space_id=space_id,
            organizer_id=self.organizer_id,
            starts_at=plan.starts_at,
            ends_at=plan.ends_at,
            setup_minutes=plan.setup_minutes,
            teardown_minutes=plan.teardown_minutes,
            expected_attendance=plan.capacity,
            replaces_request_id=replaces,
        )

    def give_back_the_room(self, note: RoomNote, *, now: datetime) -> tuple[RoomGivenBack, ...]:
        """Give back a room that is asked for or held; no message when there is none."""
        if self.room.state not in LIVE or self.room.request_id is None:
            return ()
        request_id = self.room.request_id
        self.room = self.room.given_back(note)
        self.changed_at = now
        return (RoomGivenBack(library_event_id=self.id, request_id=request_id),)

    def publish(self, *, now: datetime) -> LibraryEventPublished:
        """Put it on the public calendar; its room, if it has one, must be held.

        Raises NotPossibleNow, RoomNotHeld or StartsInThePast.
        """
        self._require_may_become(Status.PUBLISHED)
        if self.plan.space_id is not None and self.room.state is not RoomState.HELD:
            raise errors.RoomNotHeld(room=self.room.state.value)
        if self.plan.starts_at <= now:
            raise errors.StartsInThePast(starts_at=self.setting.wall(self.plan.starts_at))
        self._become(Status.PUBLISHED, now)
        self.published_at = now
        self.room = self.room.kept()
        return LibraryEventPublished(**self.facts())

    def cancel(self, *, now: datetime, reason: str = "", came: int = 0) -> LibraryEventCancelled:
        """Call a published activity off; the caller gives back the room and frees the people.

        `came`: people recorded as there. Raises NotPossibleNow, AlreadyOver or PeopleCame.
        """
        self._require_may_become(Status.CANCELLED)
        if now >= self.plan.ends_at:
            raise errors.AlreadyOver(ends_at=self.setting.wall(self.plan.ends_at))
        if came:
            raise errors.PeopleCame(people=came)
        self._become(Status.CANCELLED, now)
        self.cancel_reason = reason
        return LibraryEventCancelled(**self.facts())

    def close(self, *, now: datetime, measured: bool, named: bool) -> LibraryEventClosed:
        """Settle it after its end; raises NotPossibleNow or NotOverYet."""
        self._require_may_become(Status.CLOSED)
        if now < self.plan.ends_at:
            raise errors.NotOverYet(ends_at=self.setting.wall(self.plan.ends_at))
        self._become(Status.CLOSED, now)
        self.attendance_measured = measured
        return LibraryEventClosed(
            **self.facts(), attendance_measured=measured, attendance_named=named
        )

    def require_draft(self) -> None:
        """Raise NotPossibleNow unless it is a draft."""
        if self.status is not Status.DRAFT:
            raise errors.NotPossibleNow(status=self.status.value)

    def facts(self) -> dict[str, Any]:
        """Return what every message about an activity says."""
        return {
            "library_event_id": self.id,
            "library_id": self.setting.library_id,
            "programme": self.plan.programme.value,
            "space_id": self.plan.space_id,
            "space_kind": self.setting.space_kind,
            "starts_at": self.plan.starts_at,
            "ends_at": self.plan.ends_at,
            "capacity": self.plan.capacity,
            "title_zh": self.plan.title_zh,
            "title_en": self.plan.title_en,
            "place": self.plan.place,
            "calendar_sequence": self.calendar_sequence,
        }

    def _is_coming(self, now: datetime) -> bool:
        return self.status in {Status.DRAFT, Status.PUBLISHED} and now < self.plan.starts_at

    def _require_may_become(self, status: Status) -> None:
        if status not in MAY_BECOME[self.status]:
            raise errors.NotPossibleNow(status=self.status.value)

    def _become(self, status: Status, now: datetime) -> None:
        self.status = status
        self.changed_at = now
        self.calendar_sequence += 1

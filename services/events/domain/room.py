"""The room of an activity: asked for over the bus, held or refused, given back."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class RoomState(StrEnum):
    """How it stands with the room."""

    NONE = "none"
    REQUESTED = "requested"
    HELD = "held"
    REFUSED = "refused"
    GIVEN_BACK = "given_back"


MAY_BECOME: dict[RoomState, frozenset[RoomState]] = {
    RoomState.NONE: frozenset({RoomState.REQUESTED}),
    RoomState.REQUESTED: frozenset({RoomState.HELD, RoomState.REFUSED, RoomState.GIVEN_BACK}),
    RoomState.HELD: frozenset({RoomState.GIVEN_BACK}),
    RoomState.REFUSED: frozenset({RoomState.REQUESTED, RoomState.NONE}),
    RoomState.GIVEN_BACK: frozenset({RoomState.REQUESTED, RoomState.NONE}),
}

LIVE = frozenset({RoomState.REQUESTED, RoomState.HELD})


class RoomNote(StrEnum):
    """Why a room was given back."""

    MOVED = "moved"
    DRAFT_HOLD_EXPIRED = "draft_hold_expired"
    CANCELLED = "activity_cancelled"
    DELETED = "draft_deleted"
    RELEASED = "released_by_booking"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A space and time the booking service named when it refused."""

    space_id: UUID
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The state of the one request that counts; answers to any other request are stale."""

    state: RoomState = RoomState.NONE
    request_id: UUID | None = None
    reservation_id: UUID | None = None
    codes: tuple[str, ...] = ()
    """Why it was refused, in the booking service's codes."""
    alternatives: tuple[Alternative, ...] = ()
    note: RoomNote | None = None
    hold_expires_at: datetime | None = None
    """When a draft loses the room; None once published."""

    def is_answered_by(self, request_id: UUID) -> bool:
        """Tell whether an answer to this request still matters."""
        return self.state is RoomState.REQUESTED and self.request_id == request_id

    def held_as(self, reservation_id: UUID) -> "Room":
        """Return the room as held."""
        return self._become(RoomState.HELD, reservation_id=reservation_id)

    def refused(self, codes: tuple[str, ...], alternatives: tuple[Alternative, ...]) -> "Room":
        """Return the room as refused, with everything the organizer should see."""
        return self._become(
            RoomState.REFUSED, codes=codes, alternatives=alternatives, hold_expires_at=None
        )

    def given_back(self, note: RoomNote) -> "Room":
        """Return the room as given back, and why."""
        return self._become(
            RoomState.GIVEN_BACK, note=note, reservation_id=None, hold_expires_at=None
        )

    def kept(self) -> "Room":
        """Return the room as no longer subject to a draft's time limit."""
        return replace(self, hold_expires_at=None)

    def requested(self, request_id: UUID, hold_expires_at: datetime | None) -> "Room":
        """Return a fresh request; what was said about an older one is gone."""
        self._become(RoomState.REQUESTED)
        return Room(
            state=RoomState.REQUESTED, request_id=request_id, hold_expires_at=hold_expires_at
        )

    def _become(self, state: RoomState, **changes: object) -> "Room":
        if state not in MAY_BECOME[self.state]:
            msg = f"a room that is {self.state} does not become {state}"
            raise ValueError(msg)
        return replace(self, state=state, **changes)  # type: ignore[arg-type]  # names are checked by replace

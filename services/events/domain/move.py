"""A move: where and when a published activity shall be instead, as long as that is not settled.

It is a proposal beside the plan, with a request for a room of its own. Until the booking service
grants that room the activity stays exactly as it is, its own room held; refused or dropped, nothing
has happened to it. What needs no room of ours moves at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.events.domain.plan import Plan
from services.events.domain.room import Alternative, Room, RoomNote, RoomState
from services.events.domain.space import Setting

MOVING = ("starts_at", "ends_at", "space_id", "place", "setup_minutes", "teardown_minutes")
"""The fields of a plan that a move changes; everything else stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The wished time and room, and how it stands with that room; times are UTC."""

    starts_at: datetime
    ends_at: datetime
    space_id: UUID
    place: str
    setup_minutes: int
    teardown_minutes: int
    asked_at: datetime
    room: Room

    @classmethod
    def into(cls, plan: Plan, space_id: UUID, request_id: UUID, *, now: datetime) -> "Move":
        """Return the wish for what a plan says, its room being asked for by this request."""
        return cls(
            **{name: getattr(plan, name) for name in MOVING if name != "space_id"},
            space_id=space_id,
            asked_at=now,
            room=Room().requested(request_id, None),
        )

    @property
    def waits(self) -> bool:
        """Whether the booking service has not answered yet."""
        return self.room.state is RoomState.REQUESTED

    def applied_to(self, plan: Plan, *, now: datetime) -> Plan:
        """Return a plan once it has moved there."""
        return moved(plan, {name: getattr(self, name) for name in MOVING}, now=now)

    def refused(self, codes: tuple[str, ...], alternatives: tuple[Alternative, ...] = ()) -> "Move":
        """Return the wish as one that cannot be had, with everything the organizer should see."""
        return replace(self, room=self.room.refused(codes, alternatives))

    def released(self) -> "Move":
        """Return the wish as one whose room was taken away before it was had."""
        return replace(self, room=self.room.given_back(RoomNote.RELEASED))


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a move that is carried out leads: the plan, what it counts for, and the room held."""

    plan: Plan
    setting: Setting
    room: Room


def wished(plan: Plan, setting: Setting, changes: Mapping[str, Any], *, now: datetime) -> Plan:
    """Return the plan an organizer wishes for; what `changes` does not name stays.

    In a room of ours the place in words is said anew or left empty; outside of them the activity
    goes on counting for its library and its kind of space.
    """
    words = {"place": ""} if changes.get("space_id") is not None else {}
    there = moved(plan, {**words, **changes}, now=now)
    if there.space_id is not None:
        return there
    return replace(there, library_id=setting.library_id, space_kind=setting.space_kind)


def moved(plan: Plan, changes: Mapping[str, Any], *, now: datetime) -> Plan:
    """Return the plan at another time or place; `changes` names fields of MOVING.

    The sign-up window keeps its distance to the start. What has opened stays open, whatever the new
    start; and what would have closed by now closes when it was to, but no later than the new start.
    """
    there = replace(plan, **changes)
    shift = there.starts_at - plan.starts_at
    return replace(
        there,
        signup_opens_at=_opening(plan, shift, now),
        signup_closes_at=_closing(plan, there.starts_at, now),
    )


def _opening(plan: Plan, shift: timedelta, now: datetime) -> datetime | None:
    opens = plan.signup_opens_at
    return opens if opens is None or opens <= now else opens + shift


def _closing(plan: Plan, starts_at: datetime, now: datetime) -> datetime | None:
    closes = plan.signup_closes_at
    if closes is None:
        return None
    along = closes + (starts_at - plan.starts_at)
    return along if along > now else min(closes, starts_at)

"""A notice: something a person is told once, on the page of notices and by mail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from gateway.domain.appointment import Appointment, Standing


class Kind(StrEnum):
    """What is told."""

    BOOKING_REQUESTED = "booking_requested"
    BOOKING_REJECTED = "booking_rejected"
    BOOKING_EXPIRED = "booking_expired"
    BOOKING_CONFIRMED = "booking_confirmed"
    BOOKING_CHANGED = "booking_changed"
    BOOKING_CANCELLED = "booking_cancelled"
    BOOKING_REMINDER = "booking_reminder"
    NO_SHOW_VOIDED = "no_show_voided"
    PLACE_CONFIRMED = "place_confirmed"
    PLACE_WAITLISTED = "place_waitlisted"
    PLACE_OFFERED = "place_offered"
    PLACE_LAPSED = "place_lapsed"
    PLACE_GIVEN_UP = "place_given_up"
    ACTIVITY_MOVED = "activity_moved"
    ACTIVITY_CANCELLED = "activity_cancelled"
    ACTIVITY_REMINDER = "activity_reminder"
    SUGGESTION_ANSWERED = "suggestion_answered"


class Topic(StrEnum):
    """What a person may turn mail off for."""

    BOOKINGS = "bookings"
    ACTIVITIES = "activities"
    REMINDERS = "reminders"
    SUGGESTIONS = "suggestions"


TOPIC_OF: Mapping[Kind, Topic] = MappingProxyType(
    {
        Kind.BOOKING_REQUESTED: Topic.BOOKINGS,
        Kind.BOOKING_REJECTED: Topic.BOOKINGS,
        Kind.BOOKING_EXPIRED: Topic.BOOKINGS,
        Kind.BOOKING_CONFIRMED: Topic.BOOKINGS,
        Kind.BOOKING_CHANGED: Topic.BOOKINGS,
        Kind.BOOKING_CANCELLED: Topic.BOOKINGS,
        Kind.BOOKING_REMINDER: Topic.REMINDERS,
        Kind.NO_SHOW_VOIDED: Topic.BOOKINGS,
        Kind.PLACE_CONFIRMED: Topic.ACTIVITIES,
        Kind.PLACE_WAITLISTED: Topic.ACTIVITIES,
        Kind.PLACE_OFFERED: Topic.ACTIVITIES,
        Kind.PLACE_LAPSED: Topic.ACTIVITIES,
        Kind.PLACE_GIVEN_UP: Topic.ACTIVITIES,
        Kind.ACTIVITY_MOVED: Topic.ACTIVITIES,
        Kind.ACTIVITY_CANCELLED: Topic.ACTIVITIES,
        Kind.ACTIVITY_REMINDER: Topic.REMINDERS,
        Kind.SUGGESTION_ANSWERED: Topic.SUGGESTIONS,
    }
)

INVITES = frozenset(
    {
        Kind.BOOKING_CONFIRMED,
        Kind.BOOKING_CHANGED,
        Kind.PLACE_CONFIRMED,
        Kind.ACTIVITY_MOVED,
    }
)
"""Come with an invitation: calendars enter or change the appointment (RFC 5546, REQUEST)."""

WITHDRAWS = frozenset({Kind.BOOKING_CANCELLED, Kind.PLACE_GIVEN_UP, Kind.ACTIVITY_CANCELLED})
"""Take an appointment out of calendars (RFC 5546, CANCEL)."""

STAYS_SAID = frozenset({Kind.SUGGESTION_ANSWERED, Kind.NO_SHOW_VOIDED})
"""Hold whenever they are read: an answer of the library, and what is told of a time gone by."""

OVERTAKEN = "overtaken"
OVER = "over"
OFFER_LAPSED = "offer_lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """What could have been had instead at the moment of which a notice tells."""

    space_id: UUID
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is told to whom, why and about what.

    `(kind, source_id, patron_id)` is its identity: `source_id` is the message that told us, so that
    hearing it again makes no second notice. `details` are plain JSON: earlier times and places, a
    position, a deadline, who cancelled, what could be had instead. Names of spaces and activities
    are looked up when it is shown.
    """

    id: UUID
    kind: Kind
    source_id: UUID
    patron_id: UUID
    subject_id: UUID
    heard: int
    created_at: datetime
    starts_at: datetime
    ends_at: datetime | None = None
    space_id: UUID | None = None
    calendar_sequence: int = 0
    details: Mapping[str, Any] = field(default_factory=dict)
    read_at: datetime | None = None

    @property
    def topic(self) -> Topic:
        """What a person may have turned mail off for."""
        return TOPIC_OF[self.kind]

    @property
    def is_about_activity(self) -> bool:
        """Whether it is about an activity rather than a reservation."""
        return self.kind.value.startswith(("place_", "activity_"))

    @property
    def calendar_uid(self) -> str:
        """The identity in calendars, the same as in the feeds (RFC 5545, UID)."""
        service = "events" if self.is_about_activity else "booking"
        return f"{self.subject_id}@{service}.atrium"

    @property
    def alternatives(self) -> Sequence[Alternative]:
        """What could have been had instead, if the message that told us said so."""
        return [
            Alternative(
                space_id=UUID(one["space_id"]),
                starts_at=datetime.fromisoformat(one["starts_at"]),
                ends_at=datetime.fromisoformat(one["ends_at"]),
            )
            for one in self.details.get("alternatives", ())
        ]

    @property
    def previous_space_id(self) -> UUID | None:
        """In which space of ours it was to be before it moved elsewhere."""
        text = self.details.get("previous_space_id")
        return None if text is None else UUID(text)

    def instant(self, name: str) -> datetime | None:
        """Return one of the details that are instants."""
        text = self.details.get(name)
        return None if text is None else datetime.fromisoformat(text)


def why_out_of_date(notice: Notice, appointment: Appointment | None, now: datetime) -> str | None:
    """Return why telling this now would mislead, or None while it holds.

    A later fact about the same appointment makes an earlier mail wrong, and comes with its own; an
    offer means nothing after its deadline, anything about an appointment nothing after its
    time. What stays said, stays said.
    """
    if notice.kind in STAYS_SAID:
        return None
    if now >= (notice.ends_at or notice.starts_at):
        return OVER
    deadline = notice.instant("offer_expires_at")
    if deadline is not None and now >= deadline:
        return OFFER_LAPSED
    if appointment is not None and appointment.heard > notice.heard:
        return OVERTAKEN
    if notice.topic is Topic.REMINDERS:
        return _why_not_remind(notice, appointment, now)
    return None


def _why_not_remind(notice: Notice, appointment: Appointment | None, now: datetime) -> str | None:
    if now >= notice.starts_at:
        return OVER
    still = appointment is not None and appointment.standing is Standing.CONFIRMED
    return None if still else OVERTAKEN

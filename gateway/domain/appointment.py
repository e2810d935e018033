"""What somebody has in their calendar by us: the gateway's own small copy, fed by messages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID


class Standing(StrEnum):
    """How it stands with an appointment."""

    REQUESTED = "requested"
    """Waits for the library's yes."""
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    ENDED = "ended"
    """Cancelled, given up, rejected, or lapsed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A person's reservation, or their sign-up for an activity.

    `subject_id` is the reservation or the activity: a person has one appointment with each, however
    often they sign up anew. `heard` is the sequence number of the message that told of it last.
    `calendar_sequence` is the SEQUENCE (RFC 5545) the person's calendar was last told.
    """

    patron_id: UUID
    subject_id: UUID
    standing: Standing
    starts_at: datetime
    ends_at: datetime | None
    heard: int
    space_id: UUID | None = None
    registration_id: UUID | None = None
    calendar_sequence: int = 0
    remind_at: datetime | None = None

    @property
    def is_activity(self) -> bool:
        """Whether it is a sign-up rather than a reservation."""
        return self.registration_id is not None


def when_to_remind(
    starts_at: datetime, lead: timedelta, *, happened_at: datetime
) -> datetime | None:
    """Return when to remind of a start; None where the fact itself came later than that.

    Who books twenty minutes ahead needs no reminder an hour ahead. No lead means no reminders.
    """
    due = starts_at - lead
    return due if lead > timedelta(0) and happened_at < due else None

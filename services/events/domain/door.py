"""What happens at the door when somebody shows a ticket; every scan has one outcome."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.events.domain.attendance import OPENS_BEFORE_START
from services.events.domain.library_event import LibraryEvent
from services.events.domain.registration import Registration, Status

CLOCK_MAY_BE_AHEAD = timedelta(minutes=10)


class Outcome(StrEnum):
    """What a scan came to; the public code of the answer."""

    ADMITTED = "admitted"
    ALREADY_IN = "already_in"
    UNKNOWN = "ticket_unknown"
    OTHER_ACTIVITY = "ticket_of_another_activity"
    CANCELLED = "ticket_cancelled"
    WAITING = "ticket_waiting"
    OUT_OF_TIME = "scan_out_of_time"
    REUSED = "scan_id_reused"


SETTLED = tuple(outcome for outcome in Outcome if outcome is not Outcome.REUSED)
"""What a scan is kept with; one under the id of another is only answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorScan:
    """One scan as it was settled; sent again under the same id, it keeps its outcome."""

    library_event_id: UUID
    scan_id: UUID
    outcome: Outcome
    registration_id: UUID | None
    """Whose ticket it was; none if it was nobody's, or if a release before this one kept it."""
    attendance_id: UUID | None
    occurred_at: datetime
    recorded_at: datetime
    recorded_by: UUID

    def is_of(self, registration: Registration | None) -> bool:
        """Return whether this ticket was shown then: a scan sent again is one of the same ticket.

        Digits that are nobody's are all one ticket. Of a scan that came to nothing and does not say
        whose it was, only that much is known.
        """
        if self.registration_id is not None:
            return registration is not None and registration.id == self.registration_id
        if self.outcome is Outcome.OUT_OF_TIME:
            return True
        return (registration is None) is (self.outcome is Outcome.UNKNOWN)


def outcome_of(
    library_event: LibraryEvent,
    registration: Registration | None,
    *,
    is_there: bool,
    let_in_waiting: bool,
) -> Outcome:
    """Return what a ticket is worth at this door; an outstanding offer is a promised place.

    `is_there`: the person is in already, by whatever way.
    """
    if registration is None:
        return Outcome.UNKNOWN
    if registration.library_event_id != library_event.id:
        return Outcome.OTHER_ACTIVITY
    if is_there or registration.status is Status.ATTENDED:
        return Outcome.ALREADY_IN
    if registration.status is Status.WAITLISTED and not let_in_waiting:
        return Outcome.WAITING
    if registration.status in {Status.CONFIRMED, Status.OFFERED, Status.WAITLISTED}:
        return Outcome.ADMITTED
    return Outcome.CANCELLED


def scanned_at(
    library_event: LibraryEvent, occurred_at: datetime | None, *, now: datetime
) -> datetime | None:
    """Return when a scan took place as it is recorded, or None when that cannot be.

    A scanner without network sends later and by its own clock: one that is a little ahead is set
    to now.
    """
    if occurred_at is None:
        return now
    opens_at = library_event.plan.starts_at - OPENS_BEFORE_START
    if opens_at <= occurred_at <= now + CLOCK_MAY_BE_AHEAD:
        return min(occurred_at, now)
    return None

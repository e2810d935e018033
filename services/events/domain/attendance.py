"""Who was there: by name, by count, and when it may be recorded."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.events.domain import errors
from services.events.domain.library_event import LibraryEvent, Status
from shared.contracts.events import AttendanceRecorded, AttendanceVoided

OPENS_BEFORE_START = timedelta(minutes=30)


class Method(StrEnum):
    """How a presence was told."""

    CODE = "code"
    STAFF = "staff"
    TICKET = "ticket"


@dataclass(slots=True, kw_only=True)
class Attendance:
    """One person's presence at one activity; a walk-in has no sign-up."""

    id: UUID
    library_event_id: UUID
    patron_id: UUID
    registration_id: UUID | None
    method: Method
    party_size: int
    attended_at: datetime
    recorded_at: datetime
    recorded_by: UUID
    voided_at: datetime | None = None
    void_reason: str | None = None

    def recorded(self, library_event: LibraryEvent) -> AttendanceRecorded:
        """Return the message about it."""
        return AttendanceRecorded(
            attendance_id=self.id,
            library_event_id=self.library_event_id,
            library_id=library_event.setting.library_id,
            patron_id=self.patron_id,
            registration_id=self.registration_id,
            programme=library_event.plan.programme.value,
            space_kind=library_event.setting.space_kind,
            attended_at=self.attended_at,
            method=self.method.value,
            party_size=self.party_size,
        )

    def void(self, library_event: LibraryEvent, *, reason: str, at: datetime) -> AttendanceVoided:
        """Take it back; raises NoSuchAttendance when that was done already."""
        if self.voided_at is not None:
            raise errors.NoSuchAttendance
        self.voided_at = at
        self.void_reason = reason
        return AttendanceVoided(
            attendance_id=self.id,
            library_event_id=self.library_event_id,
            library_id=library_event.setting.library_id,
            patron_id=self.patron_id,
            reason=reason,
        )


def require_open(library_event: LibraryEvent, *, at: datetime, until: datetime | None) -> None:
    """Raise AttendanceNotOpen outside the time in which attendance is taken.

    It opens half an hour before the start. `until` is the end for those who send the code; None
    for staff, who may enter a paper list until the activity is closed.
    """
    opens_at = library_event.plan.starts_at - OPENS_BEFORE_START
    is_published = library_event.status is Status.PUBLISHED
    if is_published and opens_at <= at and (until is None or at < until):
        return
    raise errors.AttendanceNotOpen(
        opens_at=library_event.setting.wall(opens_at),
        ends_at=library_event.setting.wall(library_event.plan.ends_at),
        status=library_event.status.value,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is known about who came when an activity is closed."""

    names: int
    """Attendances by name that stand."""
    headcount: int | None
    """The latest anonymous count; None when nobody counted."""

    @property
    def people(self) -> int:
        """How many are recorded as having come: names, and the heads counted beside them."""
        return self.names + (self.headcount or 0)

    @property
    def taken(self) -> bool:
        """Attendance was measured in some way: by name or by count."""
        return self.names > 0 or self.headcount is not None

    @property
    def named(self) -> bool:
        """It is known of each sign-up whether the person came.

        A plain count of people does not tell who they were; a count of nobody does.
        """
        return self.names > 0 or self.headcount == 0

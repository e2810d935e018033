"""What the events service tells the others."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from shared.contracts.domain_event import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomRequested(DomainEvent):
    """An activity wants a room; the booking service answers with granted or refused."""

    type: ClassVar[str] = "events.room.requested.v1"
    subject_field: ClassVar[str] = "library_event_id"
    library_event_id: UUID
    request_id: UUID
    space_id: UUID
    organizer_id: UUID
    starts_at: datetime
    ends_at: datetime
    setup_minutes: int = 0
    teardown_minutes: int = 0
    expected_attendance: int = 1
    replaces_request_id: UUID | None = None
    """The activity's request whose room may be given up for this one, if it stands in its way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomGivenBack(DomainEvent):
    """An activity no longer needs the room it asked for."""

    type: ClassVar[str] = "events.room.given_back.v1"
    subject_field: ClassVar[str] = "library_event_id"
    library_event_id: UUID
    request_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryEventMessage(DomainEvent):
    """What every message about an activity says."""

    library_event_id: UUID
    library_id: UUID
    programme: str
    """lecture, workshop, exhibition, reading_group, salon or training."""
    space_id: UUID | None
    space_kind: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    title_zh: str = ""
    title_en: str = ""
    place: str = ""
    """Where it is, for an activity without a space of ours."""
    calendar_sequence: int = 0
    """SEQUENCE (RFC 5545) of the activity in calendars, once this has happened to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryEventPublished(LibraryEventMessage):
    """An activity is on the public calendar."""

    type: ClassVar[str] = "events.library_event.published.v1"
    subject_field: ClassVar[str] = "library_event_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryEventMoved(LibraryEventMessage):
    """A published activity takes place at another time or elsewhere; this is how it is now."""

    type: ClassVar[str] = "events.library_event.moved.v1"
    subject_field: ClassVar[str] = "library_event_id"
    previous_starts_at: datetime
    previous_ends_at: datetime
    previous_space_id: UUID | None = None
    previous_place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryEventCancelled(LibraryEventMessage):
    """A published activity will not take place."""

    type: ClassVar[str] = "events.library_event.cancelled.v1"
    subject_field: ClassVar[str] = "library_event_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryEventClosed(LibraryEventMessage):
    """An activity is over and its attendance is settled; unmeasured is not the same as nobody."""

    type: ClassVar[str] = "events.library_event.closed.v1"
    subject_field: ClassVar[str] = "library_event_id"
    attendance_measured: bool
    """By name or by count; without either, nobody knows who came."""
    attendance_named: bool = True
    """Of every sign-up it is known whether the person came; a plain head-count does not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationMessage(DomainEvent):
    """What every message about a sign-up says."""

    registration_id: UUID
    library_event_id: UUID
    library_id: UUID
    patron_id: UUID
    programme: str
    space_kind: str
    starts_at: datetime
    party_size: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationConfirmed(RegistrationMessage):
    """A person has a place."""

    type: ClassVar[str] = "events.registration.confirmed.v1"
    subject_field: ClassVar[str] = "registration_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationWaitlisted(RegistrationMessage):
    """A person waits for a place, at this position when joining (1 is next)."""

    type: ClassVar[str] = "events.registration.waitlisted.v1"
    subject_field: ClassVar[str] = "registration_id"
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOffered(RegistrationMessage):
    """The first who waits is offered a freed place until an instant."""

    type: ClassVar[str] = "events.place.offered.v1"
    subject_field: ClassVar[str] = "registration_id"
    offer_expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOfferLapsed(RegistrationMessage):
    """An offered place was declined or not taken in time."""

    type: ClassVar[str] = "events.place.offer_lapsed.v1"
    subject_field: ClassVar[str] = "registration_id"
    reason: str
    """declined or expired."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationMoved(RegistrationMessage):
    """The activity a person signed up for has moved; the sign-up holds as it stood."""

    type: ClassVar[str] = "events.registration.moved.v1"
    subject_field: ClassVar[str] = "registration_id"
    status: str
    """confirmed, waitlisted or offered."""
    ends_at: datetime
    space_id: UUID | None = None
    place: str = ""
    calendar_sequence: int = 0
    """SEQUENCE (RFC 5545) of the activity in calendars, once it has moved."""
    previous_starts_at: datetime
    previous_ends_at: datetime
    previous_space_id: UUID | None = None
    previous_place: str = ""
    offer_expires_at: datetime | None = None
    """Until when an offered place is kept, now that the activity has moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationCancelled(RegistrationMessage):
    """A sign-up was given up; `late` when inside the activity's notice."""

    type: ClassVar[str] = "events.registration.cancelled.v1"
    subject_field: ClassVar[str] = "registration_id"
    late: bool = False
    previous_status: str
    """confirmed, waitlisted or offered."""
    cancelled_by: str = "patron"
    """patron, or staff when the activity itself was called off."""
    reason: str = ""
    """Why it was called off, in the organizer's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceRecorded(DomainEvent):
    """A person was there. A walk-in has no registration."""

    type: ClassVar[str] = "events.attendance.recorded.v1"
    subject_field: ClassVar[str] = "attendance_id"
    attendance_id: UUID
    library_event_id: UUID
    library_id: UUID
    patron_id: UUID
    registration_id: UUID | None
    programme: str
    space_kind: str
    attended_at: datetime
    method: str
    """code, ticket or staff."""
    party_size: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceVoided(DomainEvent):
    """An attendance was recorded by mistake; everything it counted for is taken back."""

    type: ClassVar[str] = "events.attendance.voided.v1"
    subject_field: ClassVar[str] = "attendance_id"
    attendance_id: UUID
    library_event_id: UUID
    library_id: UUID
    patron_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadcountRecorded(DomainEvent):
    """People without names were counted; a later count of the same activity replaces it."""

    type: ClassVar[str] = "events.headcount.recorded.v1"
    subject_field: ClassVar[str] = "library_event_id"
    library_event_id: UUID
    library_id: UUID
    programme: str
    space_kind: str
    counted_at: datetime
    anonymous: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationNoShow(RegistrationMessage):
    """Attendance was taken, and this person with a place did not come."""

    type: ClassVar[str] = "events.registration.no_show.v1"
    subject_field: ClassVar[str] = "registration_id"

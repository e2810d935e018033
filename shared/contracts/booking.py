"""What the booking service tells the others."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from shared.contracts.domain_event import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceDefined(DomainEvent):
    """A space exists, or has changed, or is out of use. The last one said holds."""

    type: ClassVar[str] = "booking.space.defined.v1"
    subject_field: ClassVar[str] = "space_id"
    space_id: UUID
    library_id: UUID
    library_timezone: str
    code: str
    name_zh: str
    name_en: str
    space_type: str
    """room, seat or machine."""
    space_kind: str
    """learning, academic, cultural or creative."""
    capacity: int
    features: tuple[str, ...] = ()
    in_use: bool = True
    library_zh: str = ""
    library_en: str = ""
    """What the library is called, for those who tell people where to go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeSlot:
    """A space and time that would have been possible at the moment of asking."""

    space_id: UUID
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationMessage(DomainEvent):
    """What every message about a reservation says."""

    reservation_id: UUID
    patron_id: UUID
    library_id: UUID
    space_id: UUID
    space_type: str
    space_kind: str
    starts_at: datetime
    ends_at: datetime
    party_size: int = 1
    calendar_sequence: int = 0
    """SEQUENCE (RFC 5545) of the reservation in calendars, once this has happened to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationRequested(ReservationMessage):
    """Somebody asks for what the library has to approve; nothing is held yet."""

    type: ClassVar[str] = "booking.reservation.requested.v1"
    subject_field: ClassVar[str] = "reservation_id"
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationRejected(ReservationMessage):
    """The library has said no to a request; nothing was held."""

    type: ClassVar[str] = "booking.reservation.rejected.v1"
    subject_field: ClassVar[str] = "reservation_id"
    reason: str = ""
    """What the staff have written."""
    cause: str = "staff"
    """staff, or slot_given: the time was given to somebody else who had asked for it as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationExpired(ReservationMessage):
    """Nobody has answered a request in time."""

    type: ClassVar[str] = "booking.reservation.expired.v1"
    subject_field: ClassVar[str] = "reservation_id"
    expired_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationConfirmed(ReservationMessage):
    """A patron now holds a space for a span of time: at once, or since a request was approved."""

    type: ClassVar[str] = "booking.reservation.confirmed.v1"
    subject_field: ClassVar[str] = "reservation_id"
    rule_version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationChanged(ReservationMessage):
    """A reservation has another time, space or party; the fields say how it is now."""

    type: ClassVar[str] = "booking.reservation.changed.v1"
    subject_field: ClassVar[str] = "reservation_id"
    previous_space_id: UUID
    previous_starts_at: datetime
    previous_ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationCancelled(ReservationMessage):
    """A reservation or request was given up; `late` when inside its rule's notice."""

    type: ClassVar[str] = "booking.reservation.cancelled.v1"
    subject_field: ClassVar[str] = "reservation_id"
    late: bool = False
    cancelled_by: str = "patron"
    """patron, staff or system."""
    reason: str = ""
    """Why, in the words of who cancelled it; or of the closure, in both languages."""
    alternatives: tuple[AlternativeSlot, ...] = ()
    """What could have been had instead at that moment, when the library cancelled it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationCheckedIn(ReservationMessage):
    """The holder is there."""

    type: ClassVar[str] = "booking.reservation.checked_in.v1"
    subject_field: ClassVar[str] = "reservation_id"
    checked_in_at: datetime
    method: str = "code"
    """code, staff or kiosk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationCompleted(ReservationMessage):
    """A stay has ended, by check-out or by the end of its time."""

    type: ClassVar[str] = "booking.reservation.completed.v1"
    subject_field: ClassVar[str] = "reservation_id"
    checked_in_at: datetime
    checked_out_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationNoShow(ReservationMessage):
    """Nobody came within the window; the rest of the time is free again."""

    type: ClassVar[str] = "booking.reservation.no_show.v1"
    subject_field: ClassVar[str] = "reservation_id"
    released_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationNoShowVoided(ReservationMessage):
    """The library has taken a no-show back; why is nobody's business but the person's and theirs.

    Who was there is taken to have used the space from the start until it was released: what came
    after may have been somebody else's. Who is excused counts as if they had cancelled in time.
    """

    type: ClassVar[str] = "booking.reservation.no_show_voided.v1"
    subject_field: ClassVar[str] = "reservation_id"
    voided_at: datetime
    outcome: str
    """was_there or excused."""
    checked_in_at: datetime | None = None
    checked_out_at: datetime | None = None
    """Since when until when the space was used, for who was there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationRefused(DomainEvent):
    """Somebody asked for a space and was told no, with the codes of every rule that failed."""

    type: ClassVar[str] = "booking.reservation.refused.v1"
    subject_field: ClassVar[str] = "request_id"
    request_id: UUID
    patron_id: UUID
    library_id: UUID
    space_id: UUID
    space_type: str
    space_kind: str
    starts_at: datetime
    ends_at: datetime
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomHoldGranted(DomainEvent):
    """The room an activity asked for is held for it, set-up and tear-down time included."""

    type: ClassVar[str] = "booking.room_hold.granted.v1"
    subject_field: ClassVar[str] = "library_event_id"
    library_event_id: UUID
    request_id: UUID
    reservation_id: UUID
    space_id: UUID
    space_kind: str
    capacity: int
    held_from: datetime
    held_until: datetime
    replaced_request_id: UUID | None = None
    """The activity's request whose room was given up for this one, since both cannot be held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomHoldRefused(DomainEvent):
    """The room an activity asked for cannot be had then; up to five alternatives."""

    type: ClassVar[str] = "booking.room_hold.refused.v1"
    subject_field: ClassVar[str] = "library_event_id"
    library_event_id: UUID
    request_id: UUID
    space_id: UUID
    codes: tuple[str, ...]
    alternatives: tuple[AlternativeSlot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomHoldReleased(DomainEvent):
    """An activity's room is free again."""

    type: ClassVar[str] = "booking.room_hold.released.v1"
    subject_field: ClassVar[str] = "library_event_id"
    library_event_id: UUID
    request_id: UUID
    space_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSpan:
    """A stretch in which a space is open, half-open, UTC."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceCapacity:
    """What one space offers on one local day: places x open minutes, closures taken out."""

    space_id: UUID
    space_type: str
    space_kind: str
    places: int
    open_minutes: int
    open_spans: tuple[OpenSpan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityPublished(DomainEvent):
    """What a library offers on one local day; a later message for the same day replaces it."""

    type: ClassVar[str] = "booking.capacity.published.v1"
    subject_field: ClassVar[str] = "library_id"
    library_id: UUID
    day: date
    spaces: tuple[SpaceCapacity, ...]

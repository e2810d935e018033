"""Which thing an act belongs to, and which act it takes back."""

from collections.abc import Mapping
from types import MappingProxyType

from shared.contracts import booking, engagement, events, gateway
from shared.contracts.domain_event import DomainEvent

# A subclass is listed before its base: the first match holds.
FIELDS: tuple[tuple[type[DomainEvent], str, tuple[str, ...]], ...] = (
    (booking.ReservationMessage, "stay", ("reservation_id",)),
    (booking.ReservationRefused, "refusal", ("request_id",)),
    (booking.RoomHoldGranted, "room_request", ("request_id",)),
    (booking.RoomHoldRefused, "room_request", ("request_id",)),
    (booking.RoomHoldReleased, "room_request", ("request_id",)),
    (booking.SpaceDefined, "space", ("space_id",)),
    (booking.CapacityPublished, "capacity", ("library_id", "day")),
    (events.RoomRequested, "room_request", ("request_id",)),
    (events.RoomGivenBack, "room_request", ("request_id",)),
    (events.LibraryEventMessage, "library_event", ("library_event_id",)),
    (events.HeadcountRecorded, "library_event", ("library_event_id",)),
    (events.RegistrationMessage, "registration", ("registration_id",)),
    (events.AttendanceRecorded, "attendance", ("attendance_id",)),
    (events.AttendanceVoided, "attendance", ("attendance_id",)),
    (gateway.PopulationSnapshotted, "population", ("day",)),
    (engagement.SuggestionSubmitted, "suggestion", ("suggestion_id",)),
    (engagement.SuggestionStageChanged, "suggestion", ("suggestion_id",)),
    (engagement.SuggestionSupported, "support", ("support_id",)),
    (engagement.SuggestionSupportWithdrawn, "support", ("support_id",)),
    (engagement.PointsAwarded, "points", ("entry_id",)),
    (engagement.PointsVoided, "points", ("voided_entry_id",)),
)

VOIDS: Mapping[type[DomainEvent], str] = MappingProxyType(
    {
        booking.ReservationCancelled: "reservation_id",
        booking.ReservationNoShowVoided: "reservation_id",
        events.RegistrationCancelled: "registration_id",
        events.LibraryEventCancelled: "library_event_id",
        events.AttendanceVoided: "attendance_id",
        engagement.SuggestionSupportWithdrawn: "support_id",
        engagement.PointsVoided: "voided_entry_id",
    }
)


def thread_of(message: DomainEvent, pseudonym: str | None) -> str:
    """Return `<kind>:<id>`; raises LookupError for a message nobody gave a thread to."""
    if isinstance(message, gateway.PatronDescribed):
        return f"person:{pseudonym}"
    for kind_of_message, kind, names in FIELDS:
        if isinstance(message, kind_of_message):
            return ":".join((kind, *(str(getattr(message, name)) for name in names)))
    raise LookupError(f"no thread for {message.type}")


def kind_of(thread: str) -> str:
    """Return what kind of thing the thread is about."""
    return thread.partition(":")[0]


def voided_by(message: DomainEvent) -> str | None:
    """Return the id of what the message takes back, if it takes something back."""
    name = VOIDS.get(type(message))
    return None if name is None else str(getattr(message, name))

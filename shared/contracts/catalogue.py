"""Who says what, and who listens: every message type, its one publisher, its listeners."""

from collections.abc import Mapping
from types import MappingProxyType

from shared.contracts import booking, engagement, events, gateway
from shared.contracts.domain_event import DomainEvent

SERVICES = ("gateway", "booking", "events", "engagement")

MESSAGES: tuple[type[DomainEvent], ...] = (
    gateway.PatronDescribed,
    gateway.PopulationSnapshotted,
    booking.SpaceDefined,
    booking.CapacityPublished,
    booking.ReservationRequested,
    booking.ReservationConfirmed,
    booking.ReservationRejected,
    booking.ReservationExpired,
    booking.ReservationChanged,
    booking.ReservationCancelled,
    booking.ReservationCheckedIn,
    booking.ReservationCompleted,
    booking.ReservationNoShow,
    booking.ReservationNoShowVoided,
    booking.ReservationRefused,
    booking.RoomHoldGranted,
    booking.RoomHoldRefused,
    booking.RoomHoldReleased,
    events.RoomRequested,
    events.RoomGivenBack,
    events.LibraryEventPublished,
    events.LibraryEventMoved,
    events.LibraryEventCancelled,
    events.LibraryEventClosed,
    events.RegistrationConfirmed,
    events.RegistrationWaitlisted,
    events.PlaceOffered,
    events.PlaceOfferLapsed,
    events.RegistrationMoved,
    events.RegistrationCancelled,
    events.RegistrationNoShow,
    events.AttendanceRecorded,
    events.AttendanceVoided,
    events.HeadcountRecorded,
    engagement.SuggestionSubmitted,
    engagement.SuggestionSupported,
    engagement.SuggestionSupportWithdrawn,
    engagement.SuggestionStageChanged,
    engagement.PointsAwarded,
    engagement.PointsVoided,
)

BY_TYPE: Mapping[str, type[DomainEvent]] = MappingProxyType({m.type: m for m in MESSAGES})

LISTENERS: Mapping[str, tuple[type[DomainEvent], ...]] = MappingProxyType(
    {
        "booking": (events.RoomRequested, events.RoomGivenBack, gateway.PatronDescribed),
        "events": (
            booking.SpaceDefined,
            booking.RoomHoldGranted,
            booking.RoomHoldRefused,
            booking.RoomHoldReleased,
        ),
        "engagement": MESSAGES,  # the ledger of acts keeps every message of every service
        "gateway": (
            booking.SpaceDefined,
            booking.ReservationRequested,
            booking.ReservationRejected,
            booking.ReservationExpired,
            booking.ReservationConfirmed,
            booking.ReservationChanged,
            booking.ReservationCancelled,
            booking.ReservationNoShowVoided,
            events.LibraryEventPublished,
            events.LibraryEventMoved,
            events.LibraryEventCancelled,
            events.RegistrationConfirmed,
            events.RegistrationWaitlisted,
            events.PlaceOffered,
            events.PlaceOfferLapsed,
            events.RegistrationMoved,
            events.RegistrationCancelled,
            engagement.SuggestionStageChanged,
        ),
    }
)


def publisher_of(message: type[DomainEvent]) -> str:
    """Return the service that alone may say this: the first word of the type."""
    return message.type.split(".", 1)[0]

"""What the gateway listens to: what people have, ask for and are answered, and where that is."""

from collections.abc import Callable
from functools import partial
from typing import Any

from gateway.commands.hear_about_activities import sign_up_told
from gateway.commands.hear_about_bookings import booking_told
from gateway.commands.hear_about_places import activity_told, space_defined
from gateway.commands.hear_about_suggestions import suggestion_answered
from gateway.commands.tell_people import Heard, Policy
from gateway.domain.notice_ports import NoticeUnitOfWork
from shared.contracts import booking, engagement, events
from shared.contracts.domain_event import DomainEvent
from shared.kernel.clock import Clock
from shared.messaging.consumers import Consumers, Delivery
from shared.persistence.transactions import Transactions

ACTIVITIES: tuple[type[DomainEvent], ...] = (
    events.LibraryEventPublished,
    events.LibraryEventMoved,
    events.LibraryEventCancelled,
)
BOOKINGS: tuple[type[DomainEvent], ...] = (
    booking.ReservationRequested,
    booking.ReservationRejected,
    booking.ReservationExpired,
    booking.ReservationConfirmed,
    booking.ReservationChanged,
    booking.ReservationCancelled,
    booking.ReservationNoShowVoided,
)
SIGN_UPS: tuple[type[DomainEvent], ...] = (
    events.RegistrationConfirmed,
    events.RegistrationWaitlisted,
    events.PlaceOffered,
    events.PlaceOfferLapsed,
    events.RegistrationMoved,
    events.RegistrationCancelled,
)


def build_consumers(
    unit_of_work: Callable[[Transactions], NoticeUnitOfWork], *, policy: Policy, clock: Clock
) -> Consumers:
    """Return the reactions; notices and mails are made in the transaction of the message."""
    consumers = Consumers("gateway")

    def reacting(command: Callable[..., None]) -> Callable[[Any, Delivery], None]:
        def react(message: Any, delivery: Delivery) -> None:
            command(message, _heard(delivery), uow=unit_of_work(delivery.transactions))

        return react

    def telling(command: Callable[..., None]) -> Callable[[Any, Delivery], None]:
        return reacting(partial(command, clock=clock, policy=policy))

    for kinds, reaction in (
        ((booking.SpaceDefined,), reacting(space_defined)),
        (ACTIVITIES, reacting(activity_told)),
        (BOOKINGS, telling(booking_told)),
        (SIGN_UPS, telling(sign_up_told)),
        ((engagement.SuggestionStageChanged,), telling(suggestion_answered)),
    ):
        for kind in kinds:
            consumers.on(kind)(reaction)
    return consumers


def _heard(delivery: Delivery) -> Heard:
    envelope = delivery.envelope
    return Heard(message_id=envelope.id, sequence=envelope.sequence or 0, happened_at=envelope.time)

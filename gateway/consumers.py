"""What the gateway listens to: what people have, ask for and are answered, and where that is."""

from collections.abc import Callable
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

    @consumers.on(booking.SpaceDefined)
    def learn_space(defined: booking.SpaceDefined, delivery: Delivery) -> None:
        space_defined(defined, _heard(delivery), uow=unit_of_work(delivery.transactions))

    def learn_activity(told: Any, delivery: Delivery) -> None:
        activity_told(told, _heard(delivery), uow=unit_of_work(delivery.transactions))

    def tell_of_booking(message: Any, delivery: Delivery) -> None:
        uow = unit_of_work(delivery.transactions)
        booking_told(message, _heard(delivery), uow=uow, clock=clock, policy=policy)

    def tell_of_sign_up(message: Any, delivery: Delivery) -> None:
        uow = unit_of_work(delivery.transactions)
        sign_up_told(message, _heard(delivery), uow=uow, clock=clock, policy=policy)

    @consumers.on(engagement.SuggestionStageChanged)
    def tell_of_suggestion(changed: engagement.SuggestionStageChanged, delivery: Delivery) -> None:
        uow = unit_of_work(delivery.transactions)
        suggestion_answered(changed, _heard(delivery), uow=uow, clock=clock, policy=policy)

    for kinds, reaction in (
        (ACTIVITIES, learn_activity),
        (BOOKINGS, tell_of_booking),
        (SIGN_UPS, tell_of_sign_up),
    ):
        for kind in kinds:
            consumers.on(kind)(reaction)
    return consumers


def _heard(delivery: Delivery) -> Heard:
    envelope = delivery.envelope
    return Heard(message_id=envelope.id, sequence=envelope.sequence or 0, happened_at=envelope.time)

"""Take an offered place, or pass it on."""

from dataclasses import dataclass
from uuid import UUID

from services.events.commands.finding import own_registration
from services.events.commands.offer_freed_places import offer_freed_places
from services.events.domain.ports import UnitOfWork
from services.events.domain.registration import Registration
from services.events.domain.waiting_list import Reason, decide
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptOffer:
    """Take the place offered to one's own sign-up."""

    registration_id: UUID
    patron_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineOffer:
    """Pass the place on; the sign-up ends."""

    registration_id: UUID
    patron_id: UUID


def accept_offer(command: AcceptOffer, *, uow: UnitOfWork, clock: Clock) -> Registration:
    """Confirm the place; raises NoSuchRegistration, NoOfferOpen or OfferExpired."""
    now = clock.now()
    with uow:
        library_event, registration = own_registration(
            uow, command.registration_id, command.patron_id
        )
        uow.publish(registration.accept(library_event, at=now))
        uow.registrations.save(registration)
        uow.decisions.add(decide(registration, now, Reason.OFFER_ACCEPTED))
        uow.commit()
    return registration


def decline_offer(command: DeclineOffer, *, uow: UnitOfWork, clock: Clock) -> Registration:
    """Offer the place to the next; raises NoSuchRegistration, NoOfferOpen or OfferExpired."""
    now = clock.now()
    with uow:
        library_event, registration = own_registration(
            uow, command.registration_id, command.patron_id
        )
        uow.publish(registration.decline(library_event, at=now))
        uow.registrations.save(registration)
        uow.decisions.add(decide(registration, now, Reason.OFFER_DECLINED))
        offer_freed_places(library_event, uow=uow, now=now)
        uow.commit()
    return registration

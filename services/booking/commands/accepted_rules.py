"""Find the rules a reservation was accepted under: later versions do not change its promises."""

from services.booking.domain.ports import BookingUnitOfWork
from services.booking.domain.reservation import Reservation
from services.booking.domain.rulebook import RuleBody


def accepted_rules(uow: BookingUnitOfWork, reservation: Reservation) -> RuleBody:
    """Return the body of the version a reservation names; activities have none, hence no limits."""
    rulebook = uow.rulebooks.find(reservation.rulebook_id)
    return rulebook.body if rulebook else RuleBody()

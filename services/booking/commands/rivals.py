"""Requests for a time that somebody has been given: they hear that it is gone."""

from datetime import datetime

from services.booking.domain import approval
from services.booking.domain.ports import BookingUnitOfWork
from services.booking.domain.reservation import Reservation


def turn_rivals_away(taken: Reservation, uow: BookingUnitOfWork, now: datetime) -> None:
    """Reject every request for what a confirmed reservation holds, and say so."""
    for rival in uow.reservations.lock_rivals(taken):
        rejected = approval.reject(rival, now, reason="", cause=approval.GIVEN_AWAY)
        uow.reservations.save(rival)
        change = {"action": "rejected", "cause": rejected.cause}
        uow.reservations.note(rival.id, at=now, actor=None, change=change)
        uow.publish(rejected)

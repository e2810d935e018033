"""Requests: reservations that wait for the library's yes, and hold nothing until it is said.

Several people may ask for the same time; who is approved takes it, by the same constraint as
everybody else. A request lapses when nobody answers in time, and at the latest when it would start.
"""

from datetime import datetime, timedelta

from services.booking.domain import errors
from services.booking.domain.reservation import Reservation, Status
from services.booking.domain.rulebook import RuleBody
from shared.contracts import booking as messages

BY_STAFF = "staff"
GIVEN_AWAY = "slot_given"
"""The time was given to somebody else who had asked for it as well."""


def ask(reservation: Reservation, rules: RuleBody) -> messages.ReservationRequested:
    """Make a new reservation a request; return what the others are told."""
    lapses = reservation.created_at + timedelta(minutes=rules.approval_expires_minutes)
    reservation.status = Status.PENDING
    reservation.expires_at = min(lapses, reservation.during.start)
    return messages.ReservationRequested(
        **reservation.described(), expires_at=reservation.expires_at
    )


def approve(reservation: Reservation, at: datetime) -> None:
    """Say yes: from now on it is a reservation like any other. Raises StatusForbids, HasStarted."""
    reservation.become(Status.CONFIRMED)
    if at >= reservation.during.start:
        raise errors.HasStarted(started_at=reservation.during.start.isoformat())
    if reservation.expires_at is not None and at >= reservation.expires_at:
        raise errors.StatusForbids(status=Status.EXPIRED.value)  # though nobody has noted it yet
    reservation.status = Status.CONFIRMED
    reservation.expires_at = None
    reservation.changed_at = at


def reject(
    reservation: Reservation, at: datetime, *, reason: str, cause: str = BY_STAFF
) -> messages.ReservationRejected:
    """Say no, and why. Raises StatusForbids."""
    reservation.become(Status.REJECTED)
    reservation.end(Status.REJECTED, at)
    reservation.status_reason = reason or None
    return messages.ReservationRejected(**reservation.described_anew(), reason=reason, cause=cause)


def expire(reservation: Reservation, at: datetime) -> messages.ReservationExpired:
    """Let it lapse, since nobody has answered. Raises StatusForbids."""
    reservation.become(Status.EXPIRED)
    reservation.end(Status.EXPIRED, at)
    return messages.ReservationExpired(**reservation.described_anew(), expired_at=at)

"""What the statements in SQL ask of a reservation, in plain words for the one in memory."""

from datetime import datetime

from services.booking.domain.reservation import Reservation, Status


def absent(reservation: Reservation, now: datetime) -> bool:
    window = reservation.check_in_window
    waiting = reservation.status is Status.CONFIRMED
    return waiting and window is not None and window.end <= now


def unanswered(reservation: Reservation, now: datetime) -> bool:
    pending = reservation.status is Status.PENDING
    return pending and reservation.expires_at is not None and reservation.expires_at <= now


def asked(reservation: Reservation) -> bool:
    return reservation.active or reservation.status is Status.PENDING


def rivals(one: Reservation, wanted: Reservation) -> bool:
    same_space = one.space_id == wanted.space_id
    return same_space and one.id != wanted.id and one.held.overlaps(wanted.held)

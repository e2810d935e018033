"""Taking a no-show back: the person was there after all, or has an excuse the library accepts."""

from datetime import datetime
from enum import StrEnum

from services.booking.domain import errors
from services.booking.domain.reservation import Reservation, Status
from shared.contracts.booking import ReservationNoShowVoided


class Outcome(StrEnum):
    """What is true instead of "did not come"."""

    WAS_THERE = "was_there"
    EXCUSED = "excused"


def void_no_show(
    reservation: Reservation, at: datetime, *, outcome: Outcome, reason: str
) -> ReservationNoShowVoided:
    """Take it back; the time that was released stays free. Raises StatusForbids.

    Who was there has used the space until then, and reserves anew for what is left. Who is excused
    has cancelled in time: no quota counts it any more.
    """
    if reservation.status is not Status.NO_SHOW:
        raise errors.StatusForbids(status=reservation.status.value)
    if outcome is Outcome.EXCUSED:
        reservation.status = Status.CANCELLED
    else:
        reservation.status = Status.COMPLETED
        reservation.checked_in_at = reservation.during.start
    reservation.status_reason = reason
    reservation.changed_at = at
    return ReservationNoShowVoided(
        **reservation.described_anew(),
        voided_at=at,
        outcome=outcome.value,
        checked_in_at=reservation.checked_in_at,
        checked_out_at=_left(reservation) if outcome is Outcome.WAS_THERE else None,
    )


def _left(reservation: Reservation) -> datetime:
    released = reservation.ended_at or reservation.during.end
    return max(reservation.during.start, min(released, reservation.during.end))

"""React to what the booking service says about reservations."""

from typing import Any

from gateway.commands.tell_people import Heard, News, Policy, tell
from gateway.domain.appointment import Appointment, Standing
from gateway.domain.notice import Kind
from gateway.domain.notice_ports import NoticeUnitOfWork
from shared.contracts.booking import (
    ReservationCancelled,
    ReservationChanged,
    ReservationConfirmed,
    ReservationExpired,
    ReservationNoShowVoided,
    ReservationRejected,
    ReservationRequested,
)
from shared.kernel.clock import Clock

EndMessage = (
    ReservationRejected | ReservationExpired | ReservationCancelled | ReservationNoShowVoided
)
BookingMessage = ReservationRequested | ReservationConfirmed | ReservationChanged | EndMessage


def booking_told(
    message: BookingMessage, heard: Heard, *, uow: NoticeUnitOfWork, clock: Clock, policy: Policy
) -> None:
    """Keep how a reservation stands now, and tell its holder what has happened to it."""
    standing, kind, details = _meaning(message)
    details["party_size"] = message.party_size
    appointment = Appointment(
        patron_id=message.patron_id,
        subject_id=message.reservation_id,
        standing=standing,
        starts_at=message.starts_at,
        ends_at=message.ends_at,
        heard=heard.sequence,
        space_id=message.space_id,
        calendar_sequence=message.calendar_sequence,
    )
    with uow:
        before = uow.appointments.standing(message.patron_id, message.reservation_id)
        # What was only asked for is in no calendar.
        details["had_a_place"] = before is Standing.CONFIRMED
        news = News(appointment=appointment, kind=kind, details=details)
        tell(news, heard, uow=uow, now=clock.now(), policy=policy)
        uow.commit()


def _meaning(message: BookingMessage) -> tuple[Standing, Kind, dict[str, Any]]:
    match message:
        case ReservationRequested():
            until = {"answer_until": message.expires_at.isoformat()}
            return Standing.REQUESTED, Kind.BOOKING_REQUESTED, until
        case ReservationConfirmed():
            return Standing.CONFIRMED, Kind.BOOKING_CONFIRMED, {}
        case ReservationChanged():
            before = {
                "previous_starts_at": message.previous_starts_at.isoformat(),
                "previous_ends_at": message.previous_ends_at.isoformat(),
            }
            return Standing.CONFIRMED, Kind.BOOKING_CHANGED, before
        case _:
            return Standing.ENDED, *_end(message)


def _end(message: EndMessage) -> tuple[Kind, dict[str, Any]]:
    match message:
        case ReservationRejected():
            return Kind.BOOKING_REJECTED, _rejection(message)
        case ReservationExpired():
            return Kind.BOOKING_EXPIRED, {}
        case ReservationCancelled():
            return Kind.BOOKING_CANCELLED, _cancellation(message)
        case ReservationNoShowVoided():
            return Kind.NO_SHOW_VOIDED, {"outcome": message.outcome}


def _rejection(rejected: ReservationRejected) -> dict[str, Any]:
    return {"reason": rejected.reason, "cause": rejected.cause}


def _cancellation(cancelled: ReservationCancelled) -> dict[str, Any]:
    instead = [
        {
            "space_id": str(one.space_id),
            "starts_at": one.starts_at.isoformat(),
            "ends_at": one.ends_at.isoformat(),
        }
        for one in cancelled.alternatives
    ]
    by = {"cancelled_by": cancelled.cancelled_by, "reason": cancelled.reason}
    return {**by, "alternatives": instead}

"""Arrive: the holder types the digits shown at the space, or staff say that they are there."""

from dataclasses import dataclass
from uuid import UUID

from services.booking.commands.local_clocks import on_local_clock
from services.booking.domain import errors
from services.booking.domain.actor import Actor
from services.booking.domain.ports import BookingUnitOfWork
from services.booking.domain.reservation import Reservation
from shared.kernel.clock import Clock
from shared.kernel.rotating_code import code_valid

MOST_WRONG_CODES = 10
WRONG = "wrong_code"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """Which reservation, who says so, and the digits (which staff do not need)."""

    reservation_id: UUID
    actor: Actor
    code: str | None = None


def check_in(command: CheckIn, *, uow: BookingUnitOfWork, clock: Clock) -> Reservation:
    """Return the reservation, checked in.

    Raises NotFound, WrongCode, TooManyWrongCodes, CheckInTooEarly, CheckInTooLate,
    BelongsToActivity, StatusForbids.
    """
    with uow:
        now = clock.now()
        reservation = uow.reservations.lock(command.reservation_id)
        command.actor.insist_sees(reservation)
        by_staff = command.code is None and command.actor.may_serve(reservation.library_id)
        with on_local_clock(uow, reservation.space_id):
            arrived = reservation.check_in(now, method="staff" if by_staff else "code")
        if not by_staff:
            _insist_on_code(reservation, command, uow, clock)
        uow.reservations.save(reservation)
        change = {"action": "checked_in", "method": arrived.method}
        uow.reservations.note(reservation.id, at=now, actor=command.actor.id, change=change)
        uow.publish(arrived)
        uow.commit()
    return reservation


def _insist_on_code(
    reservation: Reservation, command: CheckIn, uow: BookingUnitOfWork, clock: Clock
) -> None:
    """Count wrong digits, which are kept: six digits can be guessed by who may try for ever."""
    if uow.reservations.count_notes(reservation.id, WRONG) >= MOST_WRONG_CODES:
        raise errors.TooManyWrongCodes(most=MOST_WRONG_CODES)
    terms = uow.catalogue.terms_of(reservation.space_id)
    now = clock.now()
    if terms is None or not code_valid(terms.space.secret, command.code or "", now):
        change = {"action": WRONG}
        uow.reservations.note(reservation.id, at=now, actor=command.actor.id, change=change)
        uow.commit()
        raise errors.WrongCode

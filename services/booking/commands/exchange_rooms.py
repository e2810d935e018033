"""Hold the same room at another time instead of what an activity holds already.

Both at once cannot be: the constraint knows no activities. The new reservation takes over what the
old one held, as long as the activity has not said that it lets the old one go: should it think
better of it, nobody has come between.
"""

from datetime import datetime
from uuid import UUID

from services.booking.domain.ports import BookingUnitOfWork, RoomRequestOutcome
from services.booking.domain.reservation import Reservation
from shared.contracts.booking import RoomHoldGranted

GIVEN_BACK = "given_back"


def hold_to_give_up(
    library_event_id: UUID, request_id: UUID | None, *, uow: BookingUnitOfWork
) -> Reservation | None:
    """Return, locked, what an activity holds by an earlier request of its own; None if nothing.

    What somebody else's request holds is nobody's to give up: such a request is passed over.
    """
    if request_id is None:
        return None
    known = uow.room_requests.lock(request_id)
    if known is None or known.reservation_id is None:
        return None
    held = uow.reservations.lock(known.reservation_id)
    return held if held.active and held.library_event_id == library_event_id else None


def exchange(
    held: Reservation, wanted: Reservation, granted: RoomHoldGranted, *, uow: BookingUnitOfWork
) -> bool:
    """Give one up for the other, in one step; False, and nothing done, if the other is taken.

    The grant is said before the release: who hears them in order never sees the activity without a
    room.
    """
    now = wanted.created_at
    released = held.give_back(now)
    wanted.held = wanted.held.covering(held.held)
    if not uow.reservations.replace(held, wanted, actor=wanted.patron_id, message=granted):
        return False
    note_given_back(held, uow=uow)
    outcome = RoomRequestOutcome(GIVEN_BACK, held.id, replaced_by=granted.request_id)
    uow.room_requests.keep(released.request_id, released.library_event_id, outcome, now)
    uow.publish(released)
    return True


def let_go_of_the_rest(request_id: UUID, *, uow: BookingUnitOfWork, now: datetime) -> None:
    """Let what took the place of a room given back hold no more than it was asked for."""
    known = uow.room_requests.lock(request_id)
    if known is None or known.reservation_id is None or known.held is None:
        return
    reservation = uow.reservations.lock(known.reservation_id)
    if reservation.active and reservation.held != known.held:
        reservation.held = known.held
        reservation.changed_at = now
        uow.reservations.move(reservation, from_space=reservation.space_id)
        change = {"action": "let_go_of_the_rest"}
        uow.reservations.note(reservation.id, at=now, actor=None, change=change)


def note_given_back(reservation: Reservation, *, uow: BookingUnitOfWork) -> None:
    """Write into the history of a room given back that it was."""
    change = {"action": "released"}
    uow.reservations.note(reservation.id, at=reservation.changed_at, actor=None, change=change)

"""Take back the room an activity no longer needs."""

from dataclasses import dataclass
from uuid import UUID

from services.booking.commands.exchange_rooms import (
    GIVEN_BACK,
    let_go_of_the_rest,
    note_given_back,
)
from services.booking.domain.ports import BookingUnitOfWork, RoomRequestOutcome
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRoomHold:
    """Which request for a room is withdrawn."""

    library_event_id: UUID
    request_id: UUID


def release_room_hold(command: ReleaseRoomHold, *, uow: BookingUnitOfWork, clock: Clock) -> None:
    """Free the room if it is held, and say so.

    Given back before the request itself was heard, a note stays behind so that the late request
    does not take the room after all. If another request of the activity has taken over what it
    held, that one lets go of what is not its own.
    """
    with uow:
        known = uow.room_requests.lock(command.request_id)
        now = clock.now()
        if known is not None and known.reservation_id is not None:
            reservation = uow.reservations.lock(known.reservation_id)
            if reservation.active:
                uow.publish(reservation.give_back(now))
                uow.reservations.save(reservation)
                note_given_back(reservation, uow=uow)
        if known is not None and known.replaced_by is not None:
            let_go_of_the_rest(known.replaced_by, uow=uow, now=now)
        reservation_id = known.reservation_id if known else None
        given_back = RoomRequestOutcome(GIVEN_BACK, reservation_id)
        uow.room_requests.keep(command.request_id, command.library_event_id, given_back, now)
        uow.commit()

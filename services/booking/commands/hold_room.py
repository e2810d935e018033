"""Hold the room an activity asks for, under the same constraint as for everybody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from services.booking.commands.exchange_rooms import exchange, hold_to_give_up
from services.booking.commands.rivals import turn_rivals_away
from services.booking.domain.ports import BookingUnitOfWork, RoomRequestOutcome, Terms, Wanted
from services.booking.domain.reservation import ACTIVITY, Reservation
from shared.contracts.booking import AlternativeSlot, RoomHoldGranted, RoomHoldRefused
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id
from shared.kernel.time_span import TimeSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRoom:
    """Which room an activity wants when, with the minutes it needs before and after.

    `replaces_request_id` names an earlier request of the same activity: what it holds is given up
    if it stands in the way of this one (see exchange_rooms), and is otherwise the activity's to
    give back.
    """

    library_event_id: UUID
    request_id: UUID
    space_id: UUID
    organizer_id: UUID
    starts_at: datetime
    ends_at: datetime
    setup_minutes: int = 0
    teardown_minutes: int = 0
    expected_attendance: int = 1
    replaces_request_id: UUID | None = None


def hold_room(command: HoldRoom, *, uow: BookingUnitOfWork, clock: Clock) -> None:
    """Grant or refuse, and say so; a request heard again, or given back already, changes nothing.

    The rules for people (lengths, quotas, notice) do not bind activities: only that the room is in
    use, open during the activity, large enough, and free from set-up to tear-down. What the same
    activity holds by the request this one replaces is in nobody's way; refused, it keeps that.
    """
    with uow:
        if uow.room_requests.lock(command.request_id) is None:
            held = hold_to_give_up(command.library_event_id, command.replaces_request_id, uow=uow)
            terms = uow.catalogue.terms_of(command.space_id)
            codes = list(_objections(command, terms, clock.now()))
            if terms is not None and not codes and not _place(command, terms, held, uow, clock):
                codes = ["slot_taken"]
            if codes:
                _refuse(command, codes, _alternatives(command, terms, held, uow), uow, clock)
        uow.commit()


def _objections(command: HoldRoom, terms: Terms | None, now: datetime) -> Iterator[str]:
    if command.ends_at <= command.starts_at:
        yield "ends_before_start"
    elif terms is None:
        yield "space_unknown"
    else:
        yield from _unsuitable(command, terms, now)


def _unsuitable(command: HoldRoom, terms: Terms, now: datetime) -> Iterator[str]:
    if not terms.space.in_use:
        yield "space_out_of_use"
    if command.ends_at <= now:
        yield "in_the_past"
    if not terms.hours.is_open_throughout(TimeSpan(command.starts_at, command.ends_at)):
        yield "space_closed"
    if command.expected_attendance > terms.space.capacity:
        yield "party_too_large"


def _place(
    command: HoldRoom,
    terms: Terms,
    held: Reservation | None,
    uow: BookingUnitOfWork,
    clock: Clock,
) -> bool:
    reservation = _reservation(command, terms, clock.now())
    own = reservation.held
    message = _granted(command, terms, reservation)
    if held is not None and held.stands_in_the_way_of(reservation):
        message = replace(message, replaced_request_id=held.request_id)
        placed = exchange(held, reservation, message, uow=uow)
    else:
        placed = uow.reservations.place(reservation, actor=command.organizer_id, message=message)
    if not placed:
        return False
    if terms.takes_requests:
        turn_rivals_away(reservation, uow, clock.now())
    outcome = RoomRequestOutcome("granted", reservation.id, held=own)
    uow.room_requests.keep(command.request_id, command.library_event_id, outcome, clock.now())
    return True


def _alternatives(
    command: HoldRoom, terms: Terms | None, held: Reservation | None, uow: BookingUnitOfWork
) -> Sequence[AlternativeSlot]:
    if terms is None or command.ends_at <= command.starts_at:
        return ()
    wanted = Wanted(
        terms=terms,
        span=TimeSpan(command.starts_at, command.ends_at),
        party_size=max(command.expected_attendance, 1),
        patron_class="",
        for_activity=True,
        setup_minutes=command.setup_minutes,
        teardown_minutes=command.teardown_minutes,
        in_place_of=held.id if held else None,
    )
    offered = uow.alternatives(wanted)
    return [slot for slot in offered if held is None or not held.is_at(slot)]


def _refuse(
    command: HoldRoom,
    codes: Sequence[str],
    offered: Sequence[AlternativeSlot],
    uow: BookingUnitOfWork,
    clock: Clock,
) -> None:
    outcome = RoomRequestOutcome("refused", None)
    uow.room_requests.keep(command.request_id, command.library_event_id, outcome, clock.now())
    uow.publish(
        RoomHoldRefused(
            library_event_id=command.library_event_id,
            request_id=command.request_id,
            space_id=command.space_id,
            codes=tuple(codes),
            alternatives=tuple(offered),
        )
    )


def _reservation(command: HoldRoom, terms: Terms, now: datetime) -> Reservation:
    space = terms.space
    during = TimeSpan(command.starts_at, command.ends_at)
    return Reservation(
        id=new_id(),
        library_id=space.library_id,
        space_id=space.id,
        space_type=space.space_type,
        space_kind=space.space_kind,
        patron_id=command.organizer_id,
        during=during,
        held=during.padded(command.setup_minutes, command.teardown_minutes),
        party_size=max(command.expected_attendance, 1),
        rulebook_id=None,
        rule_version=0,
        created_at=now,
        changed_at=now,
        purpose=ACTIVITY,
        library_event_id=command.library_event_id,
        request_id=command.request_id,
    )


def _granted(command: HoldRoom, terms: Terms, reservation: Reservation) -> RoomHoldGranted:
    return RoomHoldGranted(
        library_event_id=command.library_event_id,
        request_id=command.request_id,
        reservation_id=reservation.id,
        space_id=terms.space.id,
        space_kind=terms.space.space_kind,
        capacity=terms.space.capacity,
        held_from=reservation.held.start,
        held_until=reservation.held.end,
    )

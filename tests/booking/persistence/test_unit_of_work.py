"""What a unit of work promises, in memory and over PostgreSQL alike."""

from datetime import timedelta

import pytest

from services.booking.domain.ports import BookingUnitOfWork, Patron, RoomRequestOutcome
from services.booking.domain.reservation import Reservation, Status
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import NotFound, VersionConflict
from shared.kernel.time_span import TimeSpan
from tests.support.booking_builders import (
    LIBRARY_ID,
    NOW,
    OTHER_ROOM,
    ROOM,
    SEAT,
    TEN,
    a_reservation,
    a_rulebook,
    hour,
)

WEEK = TimeSpan(hour(0, 23), hour(0, 30))


def place(uow: BookingUnitOfWork, reservation: Reservation) -> bool:
    return uow.reservations.place(
        reservation, actor=reservation.patron_id, message=reservation.confirmed()
    )


def kept(uow: BookingUnitOfWork, reservation: Reservation) -> Reservation:
    with uow:
        assert place(uow, reservation)
        uow.commit()
    return reservation


def test_what_is_committed_comes_back_as_it_was(uow: BookingUnitOfWork) -> None:
    reservation = kept(uow, a_reservation())
    with uow:
        assert uow.reservations.find(reservation.id) == reservation
        assert uow.reservations.lock(reservation.id) == reservation


def test_what_is_not_committed_never_was(uow: BookingUnitOfWork) -> None:
    reservation = a_reservation()
    with uow:
        place(uow, reservation)
    with uow:
        assert uow.reservations.find(reservation.id) is None
        with pytest.raises(NotFound):
            uow.reservations.lock(reservation.id)


def test_one_slot_is_held_once_and_the_transaction_goes_on(uow: BookingUnitOfWork) -> None:
    kept(uow, a_reservation())
    rival, neighbour = a_reservation(starting=hour(10.5)), a_reservation(starting=hour(11))
    with uow:
        assert not place(uow, rival)
        assert place(uow, neighbour)
        uow.commit()
    with uow:
        assert uow.reservations.find(rival.id) is None
        assert uow.reservations.find(neighbour.id) == neighbour


def test_the_other_room_is_another_slot(uow: BookingUnitOfWork) -> None:
    kept(uow, a_reservation())
    kept(uow, a_reservation(OTHER_ROOM))


@pytest.mark.parametrize("status", list(Status))
def test_only_active_reservations_hold_their_slot(uow: BookingUnitOfWork, status: Status) -> None:
    held = kept(uow, a_reservation())
    with uow:
        held.status = status
        uow.reservations.save(held)
        assert place(uow, a_reservation()) is not held.active


def test_a_reservation_moves_to_a_free_slot_and_frees_its_own(uow: BookingUnitOfWork) -> None:
    moving = kept(uow, a_reservation())
    moving.space_id, moving.during = OTHER_ROOM.id, TimeSpan.lasting(hour(12), 30)
    moving.held = moving.during
    with uow:
        assert uow.reservations.move(moving, from_space=ROOM.id)
        assert place(uow, a_reservation())
        uow.commit()
    with uow:
        found = uow.reservations.find(moving.id)
    assert found is not None
    assert (found.space_id, found.during, found.version) == (OTHER_ROOM.id, moving.during, 2)


def test_a_reservation_does_not_move_onto_another_and_the_transaction_goes_on(
    uow: BookingUnitOfWork,
) -> None:
    kept(uow, a_reservation(OTHER_ROOM))
    moving = kept(uow, a_reservation())
    before = a_reservation(id=moving.id)
    moving.space_id = OTHER_ROOM.id
    with uow:
        assert not uow.reservations.move(moving, from_space=ROOM.id)
        found = uow.reservations.find(moving.id)
    assert found is not None
    assert (found.space_id, found.version) == (before.space_id, 1)


def test_a_stale_copy_is_not_saved(uow: BookingUnitOfWork) -> None:
    reservation = kept(uow, a_reservation())
    with uow:
        uow.reservations.save(reservation)
        uow.commit()
    reservation.version = 1
    with uow, pytest.raises(VersionConflict):
        uow.reservations.save(reservation)


def test_usage_is_what_counts_in_the_window_and_if_asked_everything_still_held(
    uow: BookingUnitOfWork,
) -> None:
    me = new_id()

    def mine(day: int, status: Status = Status.CONFIRMED, **changes: object) -> Reservation:
        starting = hour(10, day)
        return kept(uow, a_reservation(starting=starting, patron_id=me, status=status, **changes))  # type: ignore[arg-type]  # passed on as given

    counted = [mine(24), mine(25, Status.COMPLETED), mine(26, Status.NO_SHOW)]
    beyond = mine(30)
    for left_out in (
        {"day": 27, "status": Status.CANCELLED},
        {"day": 22, "status": Status.COMPLETED},
        {"day": 28, "purpose": "activity"},
    ):
        mine(**left_out)  # type: ignore[arg-type]  # as above
    kept(uow, a_reservation(SEAT))  # somebody else's
    with uow:
        used = uow.reservations.used_by(me, WEEK, NOW, all_ahead=False)
        and_ahead = uow.reservations.used_by(me, WEEK, NOW, all_ahead=True)
    assert {(use.reservation_id, use.during) for use in used} == {
        (one.id, one.during) for one in counted
    }
    assert {use.reservation_id for use in and_ahead} == {one.id for one in (*counted, beyond)}


def test_what_has_happened_is_counted_by_its_name(uow: BookingUnitOfWork) -> None:
    reservation = kept(uow, a_reservation())
    with uow:
        for action in ("wrong_code", "wrong_code", "cancelled"):
            change = {"action": action}
            uow.reservations.note(reservation.id, at=NOW, actor=None, change=change)
        assert uow.reservations.count_notes(reservation.id, "wrong_code") == 2
        assert uow.reservations.count_notes(new_id(), "wrong_code") == 0


def test_who_has_not_come_is_found_when_the_window_has_closed(uow: BookingUnitOfWork) -> None:
    absent = kept(uow, a_reservation())
    kept(uow, a_reservation(starting=hour(12)))
    kept(uow, a_reservation(SEAT, status=Status.CHECKED_IN))
    kept(uow, a_reservation(OTHER_ROOM, purpose="activity", check_in_window=None))
    late = TEN + timedelta(minutes=15)
    with uow:
        assert uow.reservations.absent(late - timedelta(seconds=1)) == []
        assert uow.reservations.absent(late) == [absent.id]
        assert uow.reservations.lock_absent(absent.id, late - timedelta(seconds=1)) is None
        assert uow.reservations.lock_absent(absent.id, late) == absent


def test_what_is_over_is_found_when_all_it_held_is_over(uow: BookingUnitOfWork) -> None:
    padded = TimeSpan(hour(10), hour(11.5))
    over = kept(uow, a_reservation(status=Status.CHECKED_IN, held=padded))
    kept(uow, a_reservation(SEAT, status=Status.COMPLETED))
    with uow:
        assert uow.reservations.ended(hour(11.5) - timedelta(seconds=1)) == []
        assert uow.reservations.ended(hour(11.5)) == [over.id]
        assert uow.reservations.lock_ended(over.id, hour(11.5) - timedelta(seconds=1)) is None
        assert uow.reservations.lock_ended(over.id, hour(11.5)) == over


def test_the_last_thing_said_about_a_person_holds(uow: BookingUnitOfWork) -> None:
    person = new_id()
    with uow:
        assert uow.patrons.lock(person) == Patron(person)
        uow.patrons.describe(Patron(person, "master", active=False), NOW)
        uow.patrons.describe(Patron(person, "bachelor"), NOW - timedelta(seconds=1))
        assert uow.patrons.lock(person) == Patron(person, "master", active=False)
        uow.patrons.describe(Patron(person, "academic"), NOW)
        assert uow.patrons.lock(person) == Patron(person, "academic", active=True)


def test_rooms_asked_for_are_remembered_by_request(uow: BookingUnitOfWork) -> None:
    request, held = new_id(), kept(uow, a_reservation())
    with uow:
        assert uow.room_requests.lock(request) is None
        for outcome in (
            RoomRequestOutcome("granted", held.id),
            RoomRequestOutcome("granted", held.id, held=held.held),
            RoomRequestOutcome("given_back", held.id, replaced_by=new_id()),
            RoomRequestOutcome("given_back", None),
        ):
            uow.room_requests.keep(request, new_id(), outcome, NOW)
            assert uow.room_requests.lock(request) == outcome


def test_published_rules_are_found_again_and_numbered(uow: BookingUnitOfWork) -> None:
    rulebook = a_rulebook(version=2, patron_class="guest")
    scope = (LIBRARY_ID, "library", str(LIBRARY_ID))
    with uow:
        assert uow.rulebooks.next_version(*scope, None) == 2
        assert uow.rulebooks.next_version(*scope, "guest") == 1
        uow.rulebooks.publish(rulebook)
        assert uow.rulebooks.next_version(*scope, "guest") == 3
        assert uow.rulebooks.find(rulebook.id) == rulebook
        assert uow.rulebooks.find(None) is None
        terms = uow.catalogue.terms_of(ROOM.id)
    assert terms is not None
    assert terms.in_force("guest", NOW) == rulebook


@pytest.mark.parametrize(
    ("scope_type", "scope_id", "there"),
    [
        ("library", str(LIBRARY_ID), True),
        ("zone", str(ROOM.zone_id), True),
        ("space", str(ROOM.id), True),
        ("space_type", "seat", True),
        ("space_type", "boat", False),
        ("space", str(LIBRARY_ID), False),
        ("zone", "F1-MAKE", False),
        ("planet", str(LIBRARY_ID), False),
    ],
)
def test_scopes_are_told_apart_from_what_is_none(
    uow: BookingUnitOfWork, scope_type: str, scope_id: str, there: bool
) -> None:
    with uow:
        assert uow.rulebooks.scope_exists(LIBRARY_ID, scope_type, scope_id) is there


def test_an_unknown_space_has_no_terms(uow: BookingUnitOfWork) -> None:
    with uow:
        assert uow.catalogue.terms_of(new_id()) is None
        terms = uow.catalogue.terms_of(ROOM.id)
    assert terms is not None
    assert terms.space == ROOM

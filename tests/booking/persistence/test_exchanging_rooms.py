"""An exchange is one step, in memory and over PostgreSQL alike, also while everybody wants it."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from services.booking.commands.hold_room import HoldRoom, hold_room
from services.booking.commands.reserve import Reserve, reserve
from services.booking.domain.ports import BookingUnitOfWork as Port
from services.booking.domain.reservation import ACTIVITY, Reservation, Status
from services.booking.persistence.reservations import SqlReservations
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import SetClock
from shared.kernel.identifiers import new_id
from shared.persistence.transactions import OwnTransactions
from tests.support.all_at_once import all_at_once
from tests.support.booking_builders import NOW, ROOM, a_reservation, furnish, hour, rooms

ROOMS = rooms(6)
OVERLAPS = (
    "SELECT count(*) FROM reservation AS a JOIN reservation AS b"
    " ON a.space_id = b.space_id AND a.id < b.id AND a.held && b.held WHERE a.active AND b.active"
)
HELD = "SELECT count(*) FROM reservation WHERE active AND purpose = 'activity'"


def an_activitys(starting: float) -> Reservation:
    talk, request = new_id(), new_id()
    return a_reservation(
        starting=hour(starting), purpose=ACTIVITY, library_event_id=talk, request_id=request
    )


def replace(uow: Port, old: Reservation, new: Reservation) -> bool:
    old.end(Status.RELEASED, NOW)
    return uow.reservations.replace(old, new, actor=new.patron_id, message=new.confirmed())


def keep(uow: Port, *reservations: Reservation) -> None:
    with uow:
        for one in reservations:
            assert uow.reservations.place(one, actor=one.patron_id, message=one.confirmed())
        uow.commit()


def test_one_is_ended_and_the_other_placed_where_both_could_not_be(uow: Port) -> None:
    old, new = an_activitys(10), an_activitys(10.5)
    keep(uow, old)
    with uow:
        assert replace(uow, uow.reservations.lock(old.id), new)
        uow.commit()
    with uow:
        assert uow.reservations.lock(old.id).status is Status.RELEASED
        assert uow.reservations.find(new.id) == new


def test_where_the_other_is_taken_nothing_is_done_and_the_transaction_goes_on(uow: Port) -> None:
    old, new = an_activitys(10), an_activitys(10.5)
    keep(uow, old, a_reservation(starting=hour(11)))
    with uow:
        assert not replace(uow, uow.reservations.lock(old.id), new)
        uow.commit()
    with uow:
        assert uow.reservations.lock(old.id) == old
        assert uow.reservations.find(new.id) is None
        assert not uow.reservations.is_free(ROOM.id, old.held)


@pytest.fixture
def house(bare_engine: Engine) -> Engine:
    furnish(bare_engine, ROOMS)
    return bare_engine


def everybody_wants_it(engine: Engine) -> list[str]:
    """Let activities move by an hour while people reach for what they leave and what they want.

    Room after room; an activity that loses every room it had would show as one held less.
    """
    said = []
    for number, room in enumerate(ROOMS):
        talk, first = new_id(), new_id()
        asked = {"library_event_id": talk, "space_id": room.id, "organizer_id": new_id()}
        hold(engine, **asked, request_id=first, starts=14)
        moved = {**asked, "request_id": new_id(), "replaces_request_id": first, "starts": 15}
        hours = [14, 14.5, 15, 15.5, 16, 16.5] if number % 2 else [14, 14, 14.5, 14.5]
        acts = [reaching(engine, room.id, at) for at in hours]
        said += all_at_once([lambda moved=moved: hold(engine, **moved), *acts])
    return said


def hold(engine: Engine, *, starts: float, **asked) -> str:
    command = HoldRoom(**asked, starts_at=hour(starts), ends_at=hour(starts + 2))
    hold_room(command, uow=a_unit(engine), clock=SetClock(NOW))
    return "asked"


def reaching(engine: Engine, space_id, starts: float) -> Callable[[], str]:
    def act() -> str:
        wish = Reserve(
            space_id=space_id,
            patron_id=new_id(),
            starts_at=hour(starts),
            ends_at=hour(starts + 0.5),
        )
        reserve(wish, uow=a_unit(engine), clock=SetClock(NOW))
        return "reserved"

    return act


def a_unit(engine: Engine) -> BookingUnitOfWork:
    return BookingUnitOfWork(OwnTransactions(engine), clock=SetClock(NOW))


def count(engine: Engine, query: str) -> int:
    with engine.connect() as connection:
        return int(connection.exec_driver_sql(query).scalar_one())


def test_an_activity_that_moves_holds_exactly_one_time_whoever_reaches_for_it(
    house: Engine,
) -> None:
    said = everybody_wants_it(house)
    assert set(said) <= {"asked", "reserved", "slot_taken"}
    assert count(house, OVERLAPS) == 0
    assert count(house, HELD) == len(ROOMS)


def test_two_that_want_each_others_time_are_told_no_and_keep_their_own(house: Engine) -> None:
    for room in ROOMS:
        acts = []
        for starts, wanted in ((14, 15), (16, 15)):
            asked = {"library_event_id": new_id(), "space_id": room.id, "organizer_id": new_id()}
            first = new_id()
            hold(house, **asked, request_id=first, starts=starts)
            moved = {**asked, "request_id": new_id(), "replaces_request_id": first}
            acts.append(lambda moved=moved, wanted=wanted: hold(house, **moved, starts=wanted))
        assert all_at_once(acts) == ["asked", "asked"]
    assert count(house, HELD) == 2 * len(ROOMS)
    assert count(house, OVERLAPS) == 0


def test_control_without_the_savepoint_a_refused_move_loses_its_room(
    house: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(self: SqlReservations, ended, reservation, *, actor, message) -> bool:
        self.save(ended)
        return self.place(reservation, actor=actor, message=message)

    monkeypatch.setattr(SqlReservations, "replace", careless)
    for room in ROOMS:
        reaching(house, room.id, 16)()
    everybody_wants_it(house)
    assert count(house, HELD) < len(ROOMS)


def test_control_without_the_constraint_two_hold_one_time(house: Engine) -> None:
    with house.begin() as connection:
        connection.exec_driver_sql(
            "ALTER TABLE reservation DROP CONSTRAINT one_slot_one_reservation"
        )
    everybody_wants_it(house)
    assert count(house, OVERLAPS) > 0

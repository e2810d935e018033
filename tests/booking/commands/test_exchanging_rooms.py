"""An activity moves: its room is given up for another, or for the same at another time, or not."""

from datetime import datetime, timedelta

import pytest

from services.booking.commands.release_room_hold import ReleaseRoomHold, release_room_hold
from services.booking.domain.reservation import Status
from shared.contracts.booking import (
    AlternativeSlot,
    RoomHoldGranted,
    RoomHoldRefused,
    RoomHoldReleased,
)
from shared.kernel.identifiers import named_id
from shared.kernel.refusal import Refusal
from tests.booking.commands.desk import ADA, EVENT_ID, REQUEST_ID, Desk
from tests.support.booking_builders import OTHER_ROOM, ROOM, hour
from tests.support.booking_fakes import FakeReservations

MOVE = named_id("test", "move")
MOVING = {"request_id": MOVE, "replaces_request_id": REQUEST_ID}


def held(desk: Desk) -> list[tuple[str, int]]:
    """What activities hold: the request and the hour of the start."""
    names = {REQUEST_ID: "first", MOVE: "moved"}
    active = [one for one in desk.kept if one.active and one.request_id]
    hours = (hour(18), hour(19), hour(20))
    return [(names[one.request_id], 18 + hours.index(one.during.start)) for one in active]


def test_the_same_room_at_an_overlapping_time_changes_hands_in_one_step(desk: Desk) -> None:
    desk.hold()
    desk.hold(hour(19), **MOVING)
    assert held(desk) == [("moved", 19)]
    assert desk.said() == ["room_hold.granted"] * 2 + ["room_hold.released"]
    granted, released = desk.uow.messages[1:]
    assert isinstance(granted, RoomHoldGranted)
    assert isinstance(released, RoomHoldReleased)
    assert (granted.request_id, granted.replaced_request_id) == (MOVE, REQUEST_ID)
    assert released.request_id == REQUEST_ID
    assert desk.noted().count("released") == 1


def test_what_is_in_nobodys_way_stays_the_activitys_to_give_back(desk: Desk) -> None:
    desk.hold()
    desk.hold(hour(20), **MOVING)
    assert held(desk) == [("first", 18), ("moved", 20)]
    granted = desk.last()
    assert isinstance(granted, RoomHoldGranted)
    assert granted.replaced_request_id is None
    desk.give_back()
    assert held(desk) == [("moved", 20)]


def test_another_room_at_the_same_time_is_held_beside_the_old_one(desk: Desk) -> None:
    desk.hold()
    desk.hold(space_id=OTHER_ROOM.id, **MOVING)
    assert held(desk) == [("first", 18), ("moved", 18)]


def test_set_up_and_tear_down_stand_in_the_way_as_well(desk: Desk) -> None:
    desk.hold(teardown_minutes=30)
    desk.hold(hour(20), setup_minutes=30, **MOVING)
    assert held(desk) == [("moved", 20)]


def test_refused_it_keeps_what_it_holds_and_is_told_what_could_be_had(desk: Desk) -> None:
    desk.hold()
    desk.reserve(ADA, start=hour(20))
    desk.hold(hour(19), **MOVING)
    assert held(desk) == [("first", 18)]
    refused = desk.last()
    assert isinstance(refused, RoomHoldRefused)
    assert (refused.request_id, refused.codes) == (MOVE, ("slot_taken",))
    assert desk.said().count("room_hold.released") == 0
    [kept] = [one for one in desk.kept if one.request_id == REQUEST_ID]
    assert kept.status is Status.CONFIRMED


def test_where_it_is_already_is_no_alternative(desk: Desk) -> None:
    desk.hold()
    desk.hold(space_id=OTHER_ROOM.id, request_id=named_id("test", "rival"), library_event_id=ADA)
    here, later = (
        AlternativeSlot(space_id=ROOM.id, starts_at=at, ends_at=at + timedelta(hours=2))
        for at in (hour(18), hour(18.5))
    )
    desk.uow.offered = (here, later)
    desk.hold(space_id=OTHER_ROOM.id, **MOVING)
    refused = desk.last()
    assert isinstance(refused, RoomHoldRefused)
    assert refused.alternatives == (later,)


def test_control_without_the_step_back_a_refusal_loses_the_room(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(self: FakeReservations, ended, reservation, *, actor, message) -> bool:
        self.save(ended)
        return self.place(reservation, actor=actor, message=message)

    monkeypatch.setattr(FakeReservations, "replace", careless)
    desk.hold()
    desk.reserve(ADA, start=hour(20))
    desk.hold(hour(19), **MOVING)
    assert held(desk) == []


def test_a_room_that_does_not_suit_leaves_everything_as_it_was(desk: Desk) -> None:
    desk.hold()
    desk.hold(hour(19), expected_attendance=1000, **MOVING)
    assert held(desk) == [("first", 18)]
    assert desk.said() == ["room_hold.granted", "room_hold.refused"]


def test_the_room_of_another_activity_is_not_given_up(desk: Desk) -> None:
    desk.hold()
    desk.hold(hour(19), **MOVING | {"library_event_id": named_id("test", "another talk")})
    assert held(desk) == [("first", 18)]
    assert desk.said() == ["room_hold.granted", "room_hold.refused"]


def test_a_room_given_back_or_never_heard_of_is_nothing_to_give_up(desk: Desk) -> None:
    desk.hold(hour(19), **MOVING)
    assert held(desk) == [("moved", 19)]
    desk.hold()
    assert desk.said() == ["room_hold.granted", "room_hold.refused"]


def test_heard_again_it_changes_nothing(desk: Desk) -> None:
    desk.hold()
    for _ in range(2):
        desk.hold(hour(19), **MOVING)
        desk.hold()
        desk.give_back()
    assert held(desk) == [("moved", 19)]
    assert desk.said() == ["room_hold.granted"] * 2 + ["room_hold.released"]


def spans(desk: Desk) -> list[tuple[datetime, datetime]]:
    """From when until when rooms are held."""
    return [(one.held.start, one.held.end) for one in desk.kept if one.active]


def test_nobody_comes_between_until_the_activity_lets_the_old_time_go(desk: Desk) -> None:
    desk.hold()
    desk.hold(hour(19), **MOVING)
    with pytest.raises(Refusal):
        desk.reserve(ADA, start=hour(18))
    desk.give_back()
    desk.give_back()
    assert spans(desk) == [(hour(19), hour(21))]
    desk.reserve(ADA, start=hour(18))
    assert desk.said().count("room_hold.released") == 1


def test_an_exchange_is_taken_back_whatever_others_want(desk: Desk) -> None:
    back = named_id("test", "back")
    desk.hold()
    desk.hold(hour(19), **MOVING)
    with pytest.raises(Refusal):
        desk.reserve(ADA, start=hour(18))
    desk.hold(request_id=back, replaces_request_id=MOVE)
    give_back = ReleaseRoomHold(library_event_id=EVENT_ID, request_id=MOVE)
    release_room_hold(give_back, uow=desk.uow, clock=desk.clock)
    assert [one.request_id for one in desk.kept if one.active] == [back]
    assert spans(desk) == [(hour(18), hour(20))]

"""Changing asks all rules again; cancelling keeps the row and frees the time."""

from datetime import timedelta

import pytest

from services.booking.domain import errors
from services.booking.domain.actor import Actor
from services.booking.domain.ports import Terms
from services.booking.domain.reservation import Status
from services.booking.domain.rulebook import Rulebook
from services.booking.domain.space import Space
from shared.contracts.booking import ReservationCancelled, ReservationChanged
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import NotAllowed, NotFound, VersionConflict
from tests.booking.commands.desk import ADA, BEN, STAFF, Desk
from tests.support.booking_builders import (
    OTHER_ROOM,
    ROOM,
    STAFF_ID,
    a_rulebook,
    a_space,
    hour,
    opening_hours,
)


def test_a_new_start_alone_keeps_the_length_and_a_new_end_alone_the_start(desk: Desk) -> None:
    moved = desk.change(desk.reserve(), starts_at=hour(12))
    assert (moved.during.start, moved.during.end) == (hour(12), hour(13))
    longer = desk.change(moved, ends_at=hour(14))
    assert (longer.during.start, longer.during.end) == (hour(12), hour(14))
    assert (longer.sequence_no, longer.version) == (2, 3)


def test_the_others_are_told_how_it_was_and_how_it_is(desk: Desk) -> None:
    desk.change(desk.reserve(), starts_at=hour(12), space_id=OTHER_ROOM.id, party_size=3)
    message = desk.last()
    assert isinstance(message, ReservationChanged)
    assert (message.space_id, message.previous_space_id) == (OTHER_ROOM.id, ROOM.id)
    assert (message.starts_at, message.previous_starts_at) == (hour(12), hour(10))
    assert message.party_size == 3
    assert desk.noted() == ["reserved", "changed"]


def test_of_a_change_that_changes_nothing_nobody_is_told(desk: Desk) -> None:
    reservation = desk.reserve()
    same = desk.change(reservation, starts_at=hour(10), ends_at=hour(11), space_id=ROOM.id)
    assert same == reservation
    assert desk.said() == ["reservation.confirmed"]
    assert desk.noted() == ["reserved"]


def test_a_change_does_not_stand_in_its_own_way(desk: Desk) -> None:
    desk.publish_rules(
        body={"max_active_future": 1, "quotas": [{"unit": "minutes", "period": "day", "limit": 90}]}
    )
    reservation = desk.reserve()
    assert desk.change(reservation, starts_at=hour(10.5)).during.start == hour(10.5)
    with pytest.raises(errors.RulesNotMet) as refused:
        desk.change(reservation, ends_at=hour(13))
    assert [one.code for one in refused.value.violations] == ["quota_minutes_day"]


def test_a_refused_change_leaves_everything_as_it_was(desk: Desk) -> None:
    desk.reserve(BEN, start=hour(12))
    reservation = desk.reserve()
    with pytest.raises(errors.SlotTaken):
        desk.change(reservation, starts_at=hour(12))
    assert reservation in desk.kept
    assert desk.said()[-1] == "reservation.refused"


def test_changes_end_with_the_notice_of_the_rules_it_was_accepted_under(desk: Desk) -> None:
    desk.publish_rules(body={"change_notice_minutes": 60})
    reservation = desk.reserve()
    desk.publish_rules(body={})
    desk.clock.set(hour(9) + timedelta(seconds=1))
    with pytest.raises(errors.TooLateToChange):
        desk.change(reservation, party_size=2)


def test_notice_for_new_reservations_does_not_bind_a_start_that_stays(desk: Desk) -> None:
    desk.publish_rules(body={"create_notice_minutes": 120})
    reservation = desk.reserve()
    desk.clock.set(hour(9))
    assert desk.change(reservation, party_size=2).party_size == 2
    with pytest.raises(errors.RulesNotMet) as refused:
        desk.change(reservation, starts_at=hour(10.5))
    assert [one.code for one in refused.value.violations] == ["too_soon"]


def test_only_who_has_read_the_present_version_changes_or_cancels(desk: Desk) -> None:
    reservation = desk.reserve()
    desk.change(reservation, party_size=2, expected_version=1)
    with pytest.raises(VersionConflict):
        desk.change(reservation, party_size=3, expected_version=1)
    with pytest.raises(VersionConflict):
        desk.cancel(reservation, expected_version=1)


def test_others_reservations_are_not_there(desk: Desk) -> None:
    reservation = desk.reserve()
    elsewhere = Actor(BEN, staff=True, libraries=frozenset({new_id()}))
    for nobody in (Actor(BEN), elsewhere):
        with pytest.raises(NotFound):
            desk.cancel(reservation, nobody)
        with pytest.raises(NotFound):
            desk.change(reservation, nobody, party_size=2)
    assert desk.cancel(reservation, STAFF).status is Status.CANCELLED
    message = desk.last()
    assert isinstance(message, ReservationCancelled)
    assert message.cancelled_by == "staff"


def test_a_cancelled_slot_is_free_and_the_row_stays(desk: Desk) -> None:
    desk.cancel(desk.reserve())
    desk.reserve(BEN)
    assert [one.status for one in desk.kept] == [Status.CANCELLED, Status.CONFIRMED]


def test_cancelling_within_the_notice_counts_as_late(desk: Desk) -> None:
    desk.publish_rules(body={"cancel_notice_minutes": 60})
    reservation = desk.reserve()
    desk.clock.set(hour(9.5))
    desk.cancel(reservation)
    message = desk.last()
    assert isinstance(message, ReservationCancelled)
    assert message.late


def test_nothing_is_cancelled_twice(desk: Desk) -> None:
    reservation = desk.reserve()
    desk.cancel(reservation)
    with pytest.raises(errors.StatusForbids):
        desk.cancel(reservation)
    assert desk.said().count("reservation.cancelled") == 1


def test_who_moves_a_reservation_late_has_the_late_minutes_from_then_on(desk: Desk) -> None:
    reservation = desk.reserve(ADA, start=hour(12))
    desk.clock.set(hour(10) + timedelta(minutes=5))
    moved = desk.change(reservation, starts_at=hour(10))
    window = moved.check_in_window
    assert window is not None
    assert window.end == hour(10) + timedelta(minutes=20)


def test_staff_move_what_is_somebody_elses_only_to_where_they_serve(desk: Desk) -> None:
    far = a_space("FAR", library_id=new_id())
    desk.uow.committed.terms[far.id] = Terms(far, opening_hours(), (a_rulebook_of(far),))
    reservation = desk.reserve()
    here = Actor(STAFF_ID, staff=True, libraries=frozenset({ROOM.library_id}))
    with pytest.raises(NotAllowed):
        desk.change(reservation, here, space_id=far.id)
    both = Actor(STAFF_ID, staff=True, libraries=frozenset({ROOM.library_id, far.library_id}))
    assert desk.change(reservation, both, space_id=far.id).library_id == far.library_id


def test_people_move_what_is_theirs_to_any_library(desk: Desk) -> None:
    far = a_space("FAR", library_id=new_id())
    desk.uow.committed.terms[far.id] = Terms(far, opening_hours(), (a_rulebook_of(far),))
    assert desk.change(desk.reserve(), space_id=far.id).library_id == far.library_id


def a_rulebook_of(space: Space) -> Rulebook:
    return a_rulebook(library_id=space.library_id, scope_id=str(space.library_id))

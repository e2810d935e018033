"""Arriving, leaving, never coming, and the rooms of activities."""

from datetime import timedelta

import pytest

from services.booking.commands.complete_stays import complete_stays
from services.booking.commands.release_no_shows import release_no_shows
from services.booking.domain import errors
from services.booking.domain.reservation import Status
from shared.contracts.booking import RoomHoldGranted, RoomHoldRefused
from shared.kernel.refusal import NotFound
from tests.booking.commands.desk import ADA, BEN, REQUEST_ID, STAFF, Desk
from tests.support.booking_builders import OTHER_ROOM, SEAT, a_reservation, hour


def refusal_codes(desk: Desk) -> tuple[str, ...]:
    message = desk.last()
    assert isinstance(message, RoomHoldRefused)
    return message.codes


def test_the_holder_arrives_with_the_digits_shown(desk: Desk) -> None:
    arrived = desk.check_in(desk.reserve(), hour(10))
    assert arrived.status is Status.CHECKED_IN
    assert desk.said() == ["reservation.confirmed", "reservation.checked_in"]


def test_who_comes_too_early_is_told_when_on_the_clock_at_the_space(desk: Desk) -> None:
    with pytest.raises(errors.CheckInTooEarly) as refused:
        desk.check_in(desk.reserve(), hour(8))
    (told,) = refused.value.numbers.values()
    assert told.endswith("+08:00")
    assert told[11:16] <= "10:00"


def test_other_digits_do_not_count_even_for_staff_who_type_some(desk: Desk) -> None:
    reservation = desk.reserve()
    for actor in (None, STAFF):
        with pytest.raises(errors.WrongCode):
            desk.check_in(reservation, hour(10), actor, code="000000x")
    assert desk.check_in(reservation, hour(10), STAFF).status is Status.CHECKED_IN


def test_who_guesses_too_often_has_to_see_the_staff(desk: Desk) -> None:
    reservation = desk.reserve()
    for _ in range(10):
        with pytest.raises(errors.WrongCode):
            desk.check_in(reservation, hour(10), code="guess")
    with pytest.raises(errors.TooManyWrongCodes):
        desk.check_in(reservation, hour(10))
    assert desk.check_in(reservation, hour(10), STAFF).status is Status.CHECKED_IN


def test_a_holder_needs_digits(desk: Desk) -> None:
    with pytest.raises(errors.WrongCode):
        desk.check_in(desk.reserve(), hour(10), code="")


def test_leaving_frees_the_rest_at_once(desk: Desk) -> None:
    reservation = desk.reserve(minutes=120)
    desk.check_in(reservation, hour(10))
    desk.check_out(reservation, hour(10.5))
    assert desk.reserve(BEN, start=hour(10.5)).status is Status.CONFIRMED


def test_who_never_came_is_released_after_the_late_limit_and_no_sooner(desk: Desk) -> None:
    reservation = desk.reserve()
    desk.clock.set(hour(10.25) - timedelta(seconds=1))
    assert release_no_shows(uow=desk.uow, clock=desk.clock) == 0
    desk.clock.set(hour(10.25))
    assert release_no_shows(uow=desk.uow, clock=desk.clock) == 1
    assert release_no_shows(uow=desk.uow, clock=desk.clock) == 0
    assert [(one.id, one.status) for one in desk.kept] == [(reservation.id, Status.NO_SHOW)]
    assert desk.said()[-1] == "reservation.no_show"
    assert desk.noted() == ["reserved", "no_show"]
    desk.reserve(BEN, start=hour(10.25))


def test_who_came_is_not_released(desk: Desk) -> None:
    desk.check_in(desk.reserve(), hour(10))
    desk.clock.set(hour(10.5))
    assert release_no_shows(uow=desk.uow, clock=desk.clock) == 0


def test_a_no_show_still_counts_towards_the_quota(desk: Desk) -> None:
    desk.publish_rules(body={"quotas": [{"unit": "count", "period": "day", "limit": 1}]})
    desk.reserve()
    desk.clock.set(hour(10.25))
    release_no_shows(uow=desk.uow, clock=desk.clock)
    with pytest.raises(errors.RulesNotMet):
        desk.reserve(start=hour(15))


def test_a_stay_nobody_checked_out_of_is_completed_when_its_padding_is_over(desk: Desk) -> None:
    desk.publish_rules(body={"padding_after_minutes": 15})
    reservation = desk.reserve()
    desk.check_in(reservation, hour(10))
    desk.clock.set(hour(11))
    assert complete_stays(uow=desk.uow, clock=desk.clock) == 0
    desk.clock.set(hour(11.25))
    assert complete_stays(uow=desk.uow, clock=desk.clock) == 1
    (kept,) = desk.kept
    assert (kept.status, kept.ended_at) == (Status.COMPLETED, hour(11))


def test_if_the_other_job_slept_a_no_show_is_not_completed(desk: Desk) -> None:
    desk.reserve()
    desk.clock.set(hour(20))
    complete_stays(uow=desk.uow, clock=desk.clock)
    assert [one.status for one in desk.kept] == [Status.NO_SHOW]


def test_where_nobody_checks_in_nobody_is_a_no_show_and_nothing_is_said_of_who_came(
    desk: Desk,
) -> None:
    desk.publish_rules(body={"check_in_required": False})
    desk.reserve()
    desk.clock.set(hour(20))
    assert release_no_shows(uow=desk.uow, clock=desk.clock) == 0
    assert complete_stays(uow=desk.uow, clock=desk.clock) == 1
    assert [one.status for one in desk.kept] == [Status.COMPLETED]
    assert desk.said()[-1] == "reservation.confirmed"


def test_all_who_never_came_are_released_in_one_go(desk: Desk) -> None:
    for number in range(3):
        desk.reserve(start=hour(10 + number))
    desk.clock.set(hour(21))
    assert release_no_shows(uow=desk.uow, clock=desk.clock) == 3


def test_an_activity_holds_its_room_with_set_up_and_tear_down(desk: Desk) -> None:
    desk.hold(setup_minutes=30, teardown_minutes=45)
    message = desk.last()
    assert isinstance(message, RoomHoldGranted)
    assert (message.held_from, message.held_until) == (hour(17.5), hour(20.75))
    with pytest.raises(errors.SlotTaken):
        desk.reserve(ADA, start=hour(17))
    desk.reserve(ADA, start=hour(20.75))
    assert "reservation.refused" in desk.said()


def test_a_request_heard_twice_is_granted_once(desk: Desk) -> None:
    desk.hold()
    desk.hold()
    assert len(desk.kept) == 1
    assert desk.said() == ["room_hold.granted"]


def test_a_room_somebody_has_is_refused(desk: Desk) -> None:
    desk.reserve(ADA, start=hour(19))
    desk.hold()
    assert refusal_codes(desk) == ("slot_taken",)
    desk.hold()
    assert desk.said().count("room_hold.refused") == 1


def test_a_room_that_does_not_suit_is_refused_with_every_reason(desk: Desk) -> None:
    desk.hold(hour(21), expected_attendance=60)
    assert refusal_codes(desk) == ("space_closed", "party_too_large")


def test_an_unknown_room_and_an_impossible_time_are_refused_and_not_lost(desk: Desk) -> None:
    desk.hold(space_id=REQUEST_ID)
    assert refusal_codes(desk) == ("space_unknown",)
    desk.uow.committed.room_requests.clear()
    desk.hold(ends_at=hour(9))
    assert refusal_codes(desk) == ("ends_before_start",)


def test_set_up_may_lie_outside_the_hours_but_the_activity_may_not(desk: Desk) -> None:
    desk.hold(hour(8), setup_minutes=60)
    assert desk.said() == ["room_hold.granted"]


def test_a_room_given_back_is_free_again(desk: Desk) -> None:
    desk.hold()
    desk.give_back()
    desk.give_back()
    assert desk.said() == ["room_hold.granted", "room_hold.released"]
    desk.reserve(ADA, start=hour(18))


def test_a_room_given_back_before_it_was_asked_for_is_not_held_after_all(desk: Desk) -> None:
    desk.give_back()
    desk.hold()
    assert desk.kept == []
    assert desk.said() == []


def test_an_activity_ends_without_a_word_and_without_anybody_checking_in(desk: Desk) -> None:
    desk.hold(teardown_minutes=30)
    desk.clock.set(hour(20.25))
    assert release_no_shows(uow=desk.uow, clock=desk.clock) == 0
    assert complete_stays(uow=desk.uow, clock=desk.clock) == 0
    desk.clock.set(hour(20.5))
    assert complete_stays(uow=desk.uow, clock=desk.clock) == 1
    assert desk.said() == ["room_hold.granted"]


def test_activities_use_up_nobodys_quota(desk: Desk) -> None:
    desk.publish_rules(body={"max_active_future": 1})
    desk.hold()
    desk.reserve(BEN, start=hour(18), space=OTHER_ROOM)


def test_nobody_holds_a_room_and_a_seat_at_the_same_time(desk: Desk) -> None:
    desk.reserve(ADA)
    with pytest.raises(errors.RulesNotMet) as refused:
        desk.reserve(ADA, space=SEAT)
    assert [one.code for one in refused.value.violations] == ["already_elsewhere"]


def test_what_was_never_reserved_is_not_there(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.check_out(a_reservation(), hour(10))

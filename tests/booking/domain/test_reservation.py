"""What may follow what, when arriving counts, and what a reservation keeps from others."""

from datetime import timedelta

import pytest

from services.booking.domain import errors
from services.booking.domain.reservation import (
    ACTIVE,
    ACTIVITY,
    MAY_BECOME,
    Reservation,
    Status,
    check_in_window,
    held_range,
)
from shared.kernel.identifiers import new_id
from shared.kernel.time_span import TimeSpan
from tests.support.booking_builders import NOW, TEN, a_reservation, some_rules

MINUTE = timedelta(minutes=1)


def an_activity() -> Reservation:
    return a_reservation(
        purpose=ACTIVITY, check_in_window=None, library_event_id=new_id(), request_id=new_id()
    )


def test_every_status_has_its_line_in_the_table() -> None:
    assert MAY_BECOME.keys() == set(Status)


def test_what_has_ended_stays_ended() -> None:
    ended = set(Status) - ACTIVE - {Status.PENDING, Status.NO_SHOW}
    assert all(not MAY_BECOME[status] for status in ended)


def test_a_no_show_can_only_be_taken_back() -> None:
    assert MAY_BECOME[Status.NO_SHOW] == {Status.COMPLETED, Status.CANCELLED}


@pytest.mark.parametrize("minutes", [-15, 0, 14], ids=["just open", "on time", "just in time"])
def test_the_holder_checks_in_within_the_window(minutes: int) -> None:
    reservation = a_reservation()
    arrived = reservation.check_in(TEN + minutes * MINUTE, method="code")
    assert reservation.status is Status.CHECKED_IN
    assert arrived.checked_in_at == TEN + minutes * MINUTE


def test_nobody_checks_in_before_the_window_opens() -> None:
    with pytest.raises(errors.CheckInTooEarly):
        a_reservation().check_in(TEN - 16 * MINUTE, method="code")


def test_nobody_checks_in_after_the_late_limit_but_staff_may_until_the_end() -> None:
    reservation = a_reservation(minutes=60)
    with pytest.raises(errors.CheckInTooLate):
        reservation.check_in(TEN + 15 * MINUTE, method="code")
    with pytest.raises(errors.CheckInTooLate):
        reservation.check_in(TEN + 60 * MINUTE, method="staff")
    assert reservation.check_in(TEN + 59 * MINUTE, method="staff").method == "staff"


def test_who_reserves_late_has_the_late_minutes_from_then_on() -> None:
    late = a_reservation(made_at=TEN + 10 * MINUTE)
    window = late.check_in_window
    assert window is not None
    assert window.end == TEN + 25 * MINUTE


def test_the_check_in_window_ends_with_the_reservation() -> None:
    span = TimeSpan.lasting(TEN, 10)
    assert check_in_window(span, some_rules(), asked_at=NOW).end == span.end


def test_a_cancellation_within_the_notice_is_late() -> None:
    at = TEN - 30 * MINUTE
    assert a_reservation().cancel(at, notice_minutes=31, by="patron").late
    assert not a_reservation().cancel(at, notice_minutes=30, by="patron").late


def test_after_the_start_only_staff_cancel() -> None:
    with pytest.raises(errors.HasStarted):
        a_reservation().cancel(TEN, notice_minutes=0, by="patron")
    assert a_reservation().cancel(TEN, notice_minutes=0, by="staff").late
    with pytest.raises(errors.HasEnded):
        a_reservation(minutes=60).cancel(TEN + 60 * MINUTE, notice_minutes=0, by="staff")


def test_a_refused_act_changes_nothing() -> None:
    reservation = a_reservation()
    with pytest.raises(errors.HasStarted):
        reservation.cancel(TEN, notice_minutes=0, by="patron")
    assert reservation.status is Status.CONFIRMED
    assert reservation.ended_at is None


def test_nobody_leaves_who_never_came() -> None:
    with pytest.raises(errors.StatusForbids):
        a_reservation().check_out(TEN)


def test_a_stay_ends_when_its_holder_leaves_and_at_its_end_at_the_latest() -> None:
    for left, ended in ((20, 20), (90, 60)):
        reservation = a_reservation(minutes=60)
        reservation.check_in(TEN, method="code")
        message = reservation.check_out(TEN + left * MINUTE)
        assert reservation.status is Status.COMPLETED
        assert message.checked_out_at == reservation.ended_at == TEN + ended * MINUTE


def test_a_no_show_is_released_once_and_never_when_somebody_came() -> None:
    reservation = a_reservation()
    reservation.release_no_show(TEN + 15 * MINUTE)
    with pytest.raises(errors.StatusForbids):
        reservation.release_no_show(TEN + 16 * MINUTE)
    present = a_reservation()
    present.check_in(TEN, method="code")
    with pytest.raises(errors.StatusForbids):
        present.release_no_show(TEN + 15 * MINUTE)


def test_what_an_activity_holds_is_changed_only_where_the_activity_is() -> None:
    with pytest.raises(errors.BelongsToActivity):
        an_activity().cancel(NOW, notice_minutes=0, by="staff")
    with pytest.raises(errors.BelongsToActivity):
        an_activity().check_in(TEN, method="staff")
    with pytest.raises(errors.BelongsToActivity):
        an_activity().insist_changeable(NOW, notice_minutes=0)


def test_a_persons_reservation_is_not_given_back_like_an_activitys() -> None:
    reservation = a_reservation()
    with pytest.raises(errors.StatusForbids):
        reservation.give_back(NOW)
    assert reservation.status is Status.CONFIRMED
    assert an_activity().give_back(NOW).type == "booking.room_hold.released.v1"


def test_changes_end_with_their_notice() -> None:
    reservation = a_reservation()
    reservation.insist_changeable(TEN - 60 * MINUTE, notice_minutes=60)
    with pytest.raises(errors.TooLateToChange):
        reservation.insist_changeable(TEN - 59 * MINUTE, notice_minutes=60)
    with pytest.raises(errors.HasStarted):
        reservation.insist_changeable(TEN, notice_minutes=0)


@pytest.mark.parametrize(
    ("before", "after", "gap"), [(0, 0, 0), (10, 0, 10), (0, 15, 15), (10, 15, 15), (15, 10, 15)]
)
def test_neighbours_keep_the_larger_padding_between_them_and_not_the_sum(
    before: int, after: int, gap: int
) -> None:
    rules = some_rules(padding_before_minutes=before, padding_after_minutes=after)
    first = held_range(TimeSpan.lasting(TEN, 60), rules)

    def next_one(minutes_later: int) -> TimeSpan:
        return held_range(TimeSpan.lasting(TEN + (60 + minutes_later) * MINUTE, 60), rules)

    assert not first.overlaps(next_one(gap))
    assert gap == 0 or first.overlaps(next_one(gap - 1))

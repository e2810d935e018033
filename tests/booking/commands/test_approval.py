"""Where the library has to say yes: asking holds nothing, the answer decides."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from services.booking.commands.expire_requests import expire_requests
from services.booking.domain import errors
from services.booking.domain.actor import Actor
from services.booking.domain.reservation import Reservation, Status
from shared.contracts.booking import ReservationRejected, ReservationRequested
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import NotAllowed, NotFound
from tests.booking.commands.desk import ADA, BEN, STAFF, Desk
from tests.support.booking_builders import OTHER_ROOM, ROOM, STAFF_ID, hour

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def the_room_needs_approval(desk: Desk) -> None:
    rules = {"approval_required": True, "approval_expires_minutes": 12 * 60}
    desk.publish_rules(scope_type="space", scope_id=str(ROOM.id), body=rules)


def statuses(desk: Desk, *reservations: Reservation) -> list[Status]:
    kept = desk.uow.committed.reservations
    return [kept[one.id].status for one in reservations]


def test_asking_makes_a_request_that_says_until_when_it_waits(desk: Desk) -> None:
    request = desk.reserve()
    assert request.status is Status.PENDING
    message = desk.last()
    assert isinstance(message, ReservationRequested)
    assert message.expires_at == request.expires_at == desk.clock.now() + DAY / 2


def test_a_request_lapses_at_its_start_at_the_latest(desk: Desk) -> None:
    assert desk.reserve(start=hour(10, day=23)).expires_at == hour(10, day=23)


def test_a_request_holds_nothing_so_that_others_ask_for_the_same_time(desk: Desk) -> None:
    assert statuses(desk, desk.reserve(ADA), desk.reserve(BEN)) == [Status.PENDING] * 2


def test_other_spaces_are_had_at_once(desk: Desk) -> None:
    assert desk.reserve(space=OTHER_ROOM).status is Status.CONFIRMED


def test_nobody_asks_for_what_somebody_holds(desk: Desk) -> None:
    desk.approve(desk.reserve(ADA))
    with pytest.raises(errors.SlotTaken):
        desk.reserve(BEN)


def test_a_request_counts_towards_the_quotas_and_keeps_the_person_from_a_second_place(
    desk: Desk,
) -> None:
    desk.reserve()
    with pytest.raises(errors.RulesNotMet, match="rules_not_met") as refused:
        desk.reserve(space=OTHER_ROOM)
    assert [one.code for one in refused.value.violations] == ["already_elsewhere"]


def test_approving_takes_the_slot_and_turns_the_rivals_away(desk: Desk) -> None:
    wanted, rival = desk.reserve(ADA), desk.reserve(BEN, start=hour(10.5))
    beside = desk.reserve(new_id(), start=hour(14))
    desk.approve(wanted)
    assert statuses(desk, wanted, rival, beside) == [
        Status.CONFIRMED,
        Status.REJECTED,
        Status.PENDING,
    ]
    assert desk.said()[-2:] == ["reservation.confirmed", "reservation.rejected"]
    message = desk.last()
    assert isinstance(message, ReservationRejected)
    assert (message.patron_id, message.cause) == (BEN, "slot_given")
    assert desk.noted()[-2:] == ["approved", "rejected"]


def test_what_is_approved_is_a_reservation_like_any_other(desk: Desk) -> None:
    assert desk.check_in(desk.approve(desk.reserve()), hour(10)).status is Status.CHECKED_IN


def test_approving_asks_the_rules_again_and_leaves_the_request_when_one_says_no(desk: Desk) -> None:
    request = desk.reserve(minutes=120)
    rules = {"approval_required": True, "max_minutes": 60}
    desk.publish_rules(scope_type="space", scope_id=str(ROOM.id), body=rules)
    with pytest.raises(errors.RulesNotMet) as refused:
        desk.approve(request)
    assert [one.code for one in refused.value.violations] == ["too_long"]
    assert statuses(desk, request) == [Status.PENDING]


def test_the_notice_was_given_when_it_was_asked_for(desk: Desk) -> None:
    rules = {"approval_required": True, "create_notice_minutes": 600}
    desk.publish_rules(scope_type="space", scope_id=str(ROOM.id), body=rules)
    request = desk.reserve()
    desk.clock.set(hour(9))
    assert desk.approve(request).status is Status.CONFIRMED


def test_nothing_is_approved_that_has_started(desk: Desk) -> None:
    request = desk.reserve()
    desk.clock.set(hour(10))
    with pytest.raises(errors.HasStarted):
        desk.approve(request)


def test_nothing_is_approved_whose_time_for_an_answer_is_over(desk: Desk) -> None:
    request = desk.reserve()
    desk.clock.set(desk.clock.now() + DAY / 2)
    with pytest.raises(errors.StatusForbids):
        desk.approve(request)
    assert statuses(desk, request) == [Status.PENDING]


def test_a_rejection_tells_the_reason_and_keeps_it(desk: Desk) -> None:
    request = desk.reserve()
    desk.reject(request, "Exams in this room")
    message = desk.last()
    assert isinstance(message, ReservationRejected)
    assert (message.reason, message.cause) == ("Exams in this room", "staff")
    assert desk.uow.committed.reservations[request.id].status_reason == "Exams in this room"


def test_what_was_answered_is_answered(desk: Desk) -> None:
    request = desk.reserve()
    desk.reject(request)
    with pytest.raises(errors.StatusForbids):
        desk.approve(request)


def test_nobody_answers_but_the_staff_of_the_library(desk: Desk) -> None:
    request = desk.reserve(ADA)
    with pytest.raises(NotAllowed):
        desk.approve(request, Actor(ADA))
    elsewhere = Actor(STAFF_ID, staff=True, libraries=frozenset({new_id()}))
    for somebody in (Actor(BEN), elsewhere):
        with pytest.raises(NotFound):
            desk.reject(request, actor=somebody)
    assert statuses(desk, request) == [Status.PENDING]


def test_a_request_nobody_has_answered_lapses_and_no_sooner(desk: Desk) -> None:
    request = desk.reserve()
    desk.clock.set(desk.clock.now() + DAY / 2 - timedelta(seconds=1))
    assert expire_requests(uow=desk.uow, clock=desk.clock) == 0
    desk.clock.set(desk.clock.now() + timedelta(seconds=1))
    assert expire_requests(uow=desk.uow, clock=desk.clock) == 1
    assert expire_requests(uow=desk.uow, clock=desk.clock) == 0
    assert statuses(desk, request) == [Status.EXPIRED]
    assert desk.said()[-1] == "reservation.expired"


def test_giving_up_a_request_is_never_late(desk: Desk) -> None:
    rules = {"approval_required": True, "cancel_notice_minutes": 3 * 24 * 60}
    desk.publish_rules(scope_type="space", scope_id=str(ROOM.id), body=rules)
    desk.cancel(desk.reserve())
    assert getattr(desk.last(), "late", None) is False


def test_staff_approve_by_reserving_for_somebody(desk: Desk) -> None:
    assert desk.reserve(ADA, actor=STAFF).status is Status.CONFIRMED


def test_nobody_moves_into_what_has_to_be_approved_but_needing_less_is_fine(desk: Desk) -> None:
    elsewhere = desk.reserve(space=OTHER_ROOM)
    with pytest.raises(errors.NeedsApproval):
        desk.change(elsewhere, space_id=ROOM.id)
    approved = desk.approve(desk.reserve(BEN, minutes=120))
    with pytest.raises(errors.NeedsApproval):
        desk.change(approved, ends_at=hour(13))
    assert desk.change(approved, ends_at=hour(11)).during.end == hour(11)
    assert desk.change(approved, STAFF, ends_at=hour(13)).during.end == hour(13)


def given_to_somebody_else(desk: Desk) -> None:
    desk.reserve(BEN, actor=STAFF)


def given_at_the_desk(desk: Desk) -> None:
    desk.clock.set(hour(9.5))
    desk.walk_in(BEN, until=hour(11))


def given_to_an_activity(desk: Desk) -> None:
    desk.hold(hour(10))


def moved_there_by_staff(desk: Desk) -> None:
    desk.change(desk.reserve(BEN, space=OTHER_ROOM), STAFF, space_id=ROOM.id)


@pytest.mark.parametrize(
    "given",
    [given_to_somebody_else, given_at_the_desk, given_to_an_activity, moved_there_by_staff],
)
def test_who_asked_for_what_is_given_without_asking_hears_that_it_is_gone(
    desk: Desk, given: Callable[[Desk], None]
) -> None:
    request, beside = desk.reserve(ADA), desk.reserve(new_id(), start=hour(14))
    given(desk)
    assert statuses(desk, request, beside) == [Status.REJECTED, Status.PENDING]
    [told] = [one for one in desk.uow.messages if isinstance(one, ReservationRejected)]
    assert (told.patron_id, told.cause) == (ADA, "slot_given")

"""A published activity moves: wished for, granted or refused, dropped."""

from datetime import timedelta

import pytest

from services.events.commands.cancel_library_event import CancelLibraryEvent, cancel_library_event
from services.events.commands.change_library_event import ChangeLibraryEvent, change_library_event
from services.events.domain import errors
from services.events.domain.library_event import Status
from services.events.domain.room import RoomState
from shared.contracts.events import (
    LibraryEventMoved,
    RegistrationMoved,
    RoomGivenBack,
    RoomRequested,
)
from tests.events.moves import HALL, LATER, Mover
from tests.events.stage import Stage
from tests.support.event_builders import (
    ANN,
    BEN,
    CUI,
    SALON,
    TOMORROW,
    a_librarian,
    a_plan_elsewhere,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def mover(stage: Stage) -> Mover:
    return Mover(stage)


def test_while_the_room_is_asked_for_nothing_changes_and_nobody_is_told(mover: Mover) -> None:
    activity = mover.published(setup_minutes=30, capacity=12)
    mover.stage.sign_up(activity, ANN)
    waiting = mover.move(activity, **LATER)
    kept = mover.stage.activity(activity)
    assert (kept.plan, kept.room, kept.status) == (activity.plan, activity.room, Status.PUBLISHED)
    assert kept.calendar_sequence == activity.calendar_sequence
    asked = mover.stage.said(RoomRequested)[-1]
    assert waiting.move is not None
    assert (asked.request_id, asked.replaces_request_id) == (
        waiting.move.room.request_id,
        activity.room.request_id,
    )
    assert (asked.space_id, asked.starts_at) == (SALON, LATER["starts_at"])
    assert (asked.setup_minutes, asked.expected_attendance) == (30, 12)
    assert mover.stage.said(RegistrationMoved) == []
    assert mover.stage.said(RoomGivenBack) == []


def test_granted_it_is_there_the_old_room_goes_back_and_everybody_signed_up_is_told(
    mover: Mover,
) -> None:
    activity = mover.published(capacity=1)
    mover.stage.sign_up(activity, ANN)
    mover.stage.sign_up(activity, BEN)
    gone = mover.stage.sign_up(activity, CUI)
    mover.stage.cancel(gone)
    mover.move(activity, **LATER, space_id=HALL)
    mover.grant(activity)
    kept = mover.stage.activity(activity)
    assert (kept.plan.starts_at, kept.plan.space_id) == (LATER["starts_at"], HALL)
    assert (kept.room.state, kept.move) == (RoomState.HELD, None)
    assert kept.setting.space_kind == "academic"
    assert kept.calendar_sequence == activity.calendar_sequence + 1
    assert [m.request_id for m in mover.stage.said(RoomGivenBack)] == [activity.room.request_id]
    [moved] = mover.stage.said(LibraryEventMoved)
    assert (moved.previous_starts_at, moved.previous_space_id) == (TOMORROW, SALON)
    assert (moved.starts_at, moved.calendar_sequence) == (
        LATER["starts_at"],
        kept.calendar_sequence,
    )
    told = mover.stage.said(RegistrationMoved)
    assert [(m.patron_id, m.status) for m in told] == [(ANN, "confirmed"), (BEN, "waitlisted")]
    assert {(m.previous_ends_at, m.ends_at) for m in told} == {
        (TOMORROW + 2 * HOUR, LATER["ends_at"])
    }


def test_the_grant_heard_again_tells_nobody_again(mover: Mover) -> None:
    activity = mover.published()
    mover.stage.sign_up(activity, ANN)
    mover.move(activity, **LATER)
    granted = mover.grant(activity)
    version = mover.stage.activity(activity).version
    mover.hear(granted)
    assert mover.stage.activity(activity).version == version
    assert len(mover.stage.said(RegistrationMoved)) == 1
    assert len(mover.stage.said(RoomGivenBack)) == 1


def test_refused_nothing_changes_but_the_wish_says_why_and_what_could_be_had(mover: Mover) -> None:
    activity = mover.published()
    mover.move(activity, **LATER)
    mover.refuse(activity)
    kept = mover.stage.activity(activity)
    assert kept.move is not None
    assert kept.move.room.codes == ("slot_taken",)
    [instead] = kept.move.room.alternatives
    assert (kept.plan, kept.room) == (activity.plan, activity.room)
    mover.move(activity, starts_at=instead.starts_at, ends_at=instead.ends_at, space_id=HALL)
    mover.grant(activity)
    assert mover.stage.activity(activity).plan.starts_at == instead.starts_at


def test_a_second_wish_waits_for_the_answer_to_the_first(mover: Mover) -> None:
    activity = mover.published()
    mover.move(activity, **LATER)
    with pytest.raises(errors.MoveWaits):
        mover.move(activity, **LATER, space_id=HALL)


def test_without_a_room_of_ours_it_moves_at_once(mover: Mover) -> None:
    activity = mover.stage.published(a_plan_elsewhere())
    mover.stage.sign_up(activity, ANN)
    moved = mover.move(activity, **LATER, place="Tea house")
    assert (moved.plan.place, moved.plan.starts_at) == ("Tea house", LATER["starts_at"])
    [told] = mover.stage.said(RegistrationMoved)
    assert (told.previous_place, told.place) == ("Botanical garden", "Tea house")
    assert mover.stage.said(RoomRequested) == []


def test_out_of_our_rooms_it_moves_at_once_and_goes_on_counting_for_its_library(
    mover: Mover,
) -> None:
    activity = mover.published()
    moved = mover.move(activity, **LATER, space_id=None, place="Tea house")
    assert (moved.room.state, moved.setting) == (RoomState.NONE, activity.setting)
    assert [m.request_id for m in mover.stage.said(RoomGivenBack)] == [activity.room.request_id]


def test_into_one_of_our_rooms_the_place_in_words_is_left_behind(mover: Mover) -> None:
    activity = mover.stage.published(a_plan_elsewhere())
    mover.move(activity, **LATER, space_id=HALL)
    assert mover.stage.activity(activity).plan.place == "Botanical garden"
    mover.grant(activity)
    kept = mover.stage.activity(activity)
    assert (kept.plan.place, kept.plan.space_id) == ("", HALL)
    assert mover.stage.said(RoomGivenBack) == []


def test_dropped_it_stays_and_a_grant_on_its_way_is_given_back(mover: Mover) -> None:
    activity = mover.published()
    mover.move(activity, **LATER)
    late = mover.grant_of(activity)
    mover.drop(activity)
    mover.hear(late)
    kept = mover.stage.activity(activity)
    assert (kept.plan, kept.room, kept.move) == (activity.plan, activity.room, None)
    assert [m.request_id for m in mover.stage.said(RoomGivenBack)] == [late.request_id]
    with pytest.raises(errors.NoMove):
        mover.drop(activity)


def test_dropped_after_its_own_room_was_given_up_it_asks_for_that_room_in_exchange(
    mover: Mover,
) -> None:
    activity = mover.published()
    mover.move(activity, starts_at=TOMORROW + HOUR, ends_at=TOMORROW + 3 * HOUR)
    exchanged = mover.grant_of(activity, replaced_request_id=activity.room.request_id)
    mover.drop(activity)
    mover.hear(exchanged)
    asked = mover.stage.said(RoomRequested)[-1]
    assert (asked.starts_at, asked.replaces_request_id) == (TOMORROW, exchanged.request_id)
    assert mover.stage.said(RoomGivenBack)[-1].request_id == exchanged.request_id
    assert mover.stage.activity(activity).room.is_answered_by(asked.request_id)


def test_a_cancelled_activity_gives_both_rooms_back(mover: Mover) -> None:
    activity = mover.published()
    wished = mover.move(activity, **LATER).move
    assert wished is not None
    late = mover.grant_of(activity)
    command = CancelLibraryEvent(library_event_id=activity.id, by=a_librarian)
    cancel_library_event(command, uow=mover.stage.uow, clock=mover.stage.clock)
    both = [activity.room.request_id, wished.room.request_id]
    assert [m.request_id for m in mover.stage.said(RoomGivenBack)] == both
    mover.hear(late)
    assert mover.stage.activity(activity).status is Status.CANCELLED
    assert mover.stage.said(LibraryEventMoved) == []


def test_a_closed_activity_lets_its_wish_go(mover: Mover) -> None:
    activity = mover.published()
    wished = mover.move(activity, starts_at=TOMORROW + 48 * HOUR, ends_at=TOMORROW + 50 * HOUR)
    assert wished.move is not None
    mover.stage.later(days=1, hours=2)
    closed = mover.stage.close(activity)
    assert closed.move is None
    assert [m.request_id for m in mover.stage.said(RoomGivenBack)] == [wished.move.room.request_id]


@pytest.mark.parametrize(
    ("wait", "why"),
    [({"days": 1}, "activity_has_begun"), ({"hours": 23, "minutes": 30}, "in_the_past")],
    ids=["the activity has begun", "the new start has passed"],
)
def test_a_grant_that_comes_too_late_moves_nothing_and_says_so(
    mover: Mover, wait: dict[str, float], why: str
) -> None:
    activity = mover.published()
    mover.move(activity, starts_at=TOMORROW - HOUR, ends_at=TOMORROW + HOUR)
    mover.stage.later(**wait)
    late = mover.grant(activity)
    kept = mover.stage.activity(activity)
    assert kept.plan == activity.plan
    assert kept.move is not None
    assert kept.move.room.codes == (why,)
    assert [m.request_id for m in mover.stage.said(RoomGivenBack)] == [late.request_id]


def test_more_places_promised_meanwhile_than_the_new_room_has_stop_the_move(mover: Mover) -> None:
    activity = mover.published()
    mover.move(activity, **LATER, space_id=HALL)
    change = ChangeLibraryEvent(
        library_event_id=activity.id, by=a_librarian, changes={"capacity": 40}
    )
    change_library_event(change, uow=mover.stage.uow, clock=mover.stage.clock)
    mover.grant(activity, capacity=20)
    kept = mover.stage.activity(activity)
    assert kept.move is not None
    assert (kept.plan.space_id, kept.move.room.codes) == (SALON, ("party_too_large",))


def test_words_changed_while_it_waits_are_kept_by_the_move(mover: Mover) -> None:
    activity = mover.published()
    mover.move(activity, **LATER)
    change = ChangeLibraryEvent(
        library_event_id=activity.id, by=a_librarian, changes={"title_en": "Poems at night"}
    )
    change_library_event(change, uow=mover.stage.uow, clock=mover.stage.clock)
    mover.grant(activity)
    plan = mover.stage.activity(activity).plan
    assert (plan.title_en, plan.starts_at) == ("Poems at night", LATER["starts_at"])

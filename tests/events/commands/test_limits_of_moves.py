"""What may move and where to, and what people keep when it does: offers, notice, places."""

from datetime import timedelta

import pytest

from services.events.commands.record_attendance import RecordAttendance, record_attendance
from services.events.domain import errors
from services.events.domain.library_event import LibraryEvent
from services.events.domain.registration import Status as SignUp
from shared.contracts.events import (
    PlaceOffered,
    RegistrationCancelled,
    RegistrationMoved,
)
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import NotAllowed, VersionConflict
from tests.events.moves import LATER, Mover
from tests.events.stage import Stage
from tests.support.event_builders import (
    ANN,
    BEN,
    CUI,
    TOMORROW,
    a_librarian,
    a_space,
    another_organizer,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def mover(stage: Stage) -> Mover:
    return Mover(stage)


def test_only_what_is_published_and_has_not_begun_moves_and_only_by_who_runs_it(
    mover: Mover,
) -> None:
    draft = mover.stage.draft()
    with pytest.raises(errors.NotPossibleNow):
        mover.move(draft, **LATER)
    activity = mover.published(title_en="Another")
    with pytest.raises(NotAllowed):
        mover.move(activity, by=another_organizer, **LATER)
    with pytest.raises(VersionConflict):
        mover.move(activity, version=activity.version + 1, **LATER)
    mover.stage.later(days=1)
    with pytest.raises(errors.HasBegun):
        mover.move(activity, **LATER)


def test_nothing_moves_that_people_are_recorded_at(mover: Mover) -> None:
    activity = mover.published()
    mover.stage.later(hours=23, minutes=45)
    arrived(mover, activity)
    with pytest.raises(errors.PeopleCame):
        mover.move(activity, **LATER)


def arrived(mover: Mover, activity: LibraryEvent) -> None:
    command = RecordAttendance(
        library_event_id=activity.id, by=a_librarian, attendees=mover.attendees(ANN)
    )
    record_attendance(command, uow=mover.stage.uow, clock=mover.stage.clock)


def test_it_moves_to_another_time_or_place_that_is_to_come(mover: Mover) -> None:
    activity = mover.published()
    here = {"starts_at": TOMORROW, "ends_at": TOMORROW + 2 * HOUR}
    with pytest.raises(errors.MovesNowhere):
        mover.move(activity, **here)
    with pytest.raises(errors.StartsInThePast):
        mover.move(activity, **here | {"starts_at": mover.stage.clock.now()})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"id": new_id(), "in_use": False}, "space_unknown"),
        ({"id": new_id(), "capacity": 1}, "capacity_above_room"),
        ({"id": new_id(), "library_id": new_id()}, "space_in_another_library"),
    ],
    ids=["out of use", "too small", "elsewhere"],
)
def test_the_other_room_must_do(mover: Mover, changes: dict, code: str) -> None:
    activity = mover.published()
    with mover.stage.uow:
        mover.stage.uow.spaces.learn(a_space(**changes), 3)
        mover.stage.uow.commit()
    with pytest.raises(errors.PlanRefused) as refused:
        mover.move(activity, **LATER, space_id=changes["id"])
    assert [violation.code for violation in refused.value.violations] == [code]
    assert mover.stage.activity(activity).move is None


def test_an_open_offer_keeps_its_deadline_unless_the_new_start_is_too_near(mover: Mover) -> None:
    activity = mover.published(capacity=1, offer_minutes=600)
    first = mover.stage.sign_up(activity, ANN)
    waiting = mover.stage.sign_up(activity, BEN)
    mover.stage.cancel(first)
    deadline = mover.stage.now_is(waiting).offer_expires_at
    assert deadline is not None
    mover.move(activity, **LATER)
    mover.grant(activity)
    assert mover.stage.now_is(waiting).offer_expires_at == deadline
    soon = mover.stage.clock.now() + 2 * HOUR
    mover.move(activity, starts_at=soon, ends_at=soon + HOUR)
    mover.grant(activity)
    shorter = mover.stage.clock.now() + HOUR
    assert mover.stage.now_is(waiting).offer_expires_at == shorter
    told = mover.stage.said(RegistrationMoved)
    assert [m.offer_expires_at for m in told] == [deadline, shorter]
    assert mover.stage.reasons(waiting)[-2:] == ["activity_moved", "activity_moved"]


def test_a_place_too_near_the_old_start_is_offered_once_the_new_one_leaves_time(
    mover: Mover,
) -> None:
    activity = mover.published(capacity=1)
    first = mover.stage.sign_up(activity, ANN)
    waiting = mover.stage.sign_up(activity, BEN)
    mover.stage.later(hours=23, minutes=58)
    mover.stage.cancel(first)
    assert mover.stage.said(PlaceOffered) == []
    mover.move(activity, **LATER)
    mover.grant(activity)
    assert mover.stage.now_is(waiting).status is SignUp.OFFERED
    kinds = [type(message) for message in mover.stage.uow.kept.published]
    assert kinds.index(RegistrationMoved) < kinds.index(PlaceOffered)


def test_who_gives_up_soon_after_a_move_is_not_late_however_near_the_start(mover: Mover) -> None:
    activity = mover.published(capacity=5, starts_at=TOMORROW + 240 * HOUR)
    before = mover.stage.sign_up(activity, ANN)
    patient = mover.stage.sign_up(activity, BEN)
    mover.stage.later(minutes=1)
    near = mover.stage.clock.now() + 30 * HOUR
    mover.move(activity, starts_at=near, ends_at=near + HOUR)
    mover.grant(activity)
    mover.stage.later(hours=10)
    after = mover.stage.sign_up(activity, CUI)
    mover.stage.cancel(before)
    mover.stage.cancel(after)
    mover.stage.later(hours=14)
    mover.stage.cancel(patient)
    late = {m.patron_id: m.late for m in mover.stage.said(RegistrationCancelled)}
    assert late == {ANN: False, CUI: True, BEN: True}

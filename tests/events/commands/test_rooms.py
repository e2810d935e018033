"""The room of an activity: asked for, answered in any order, given back."""

from datetime import timedelta

import pytest

from services.events.commands.ask_for_room import AskForRoom, ask_for_room
from services.events.commands.cancel_library_event import (
    CancelLibraryEvent,
    cancel_library_event,
)
from services.events.commands.change_library_event import (
    ChangeLibraryEvent,
    change_library_event,
)
from services.events.commands.delete_draft import DeleteDraft, delete_draft
from services.events.commands.expire_draft_holds import expire_draft_holds
from services.events.commands.hear_about_rooms import (
    room_granted,
    room_refused,
    room_released,
)
from services.events.commands.publish_library_event import (
    PublishLibraryEvent,
    publish_library_event,
)
from services.events.domain import errors
from services.events.domain.room import RoomNote, RoomState
from shared.contracts.booking import AlternativeSlot, RoomHoldRefused, RoomHoldReleased
from shared.contracts.events import RoomGivenBack, RoomRequested
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import NotAllowed, VersionConflict
from tests.events.stage import Stage, granted
from tests.support.event_builders import (
    SALON,
    TOMORROW,
    a_librarian,
    a_plan_elsewhere,
    a_space,
    an_organizer,
    another_organizer,
)


def hear_granted(stage: Stage, said) -> None:
    room_granted(said, uow=stage.uow, clock=stage.clock)


def refused(library_event) -> RoomHoldRefused:
    slot = AlternativeSlot(
        space_id=SALON, starts_at=TOMORROW, ends_at=TOMORROW + timedelta(hours=1)
    )
    return RoomHoldRefused(
        library_event_id=library_event.id,
        request_id=library_event.room.request_id,
        space_id=SALON,
        codes=("space_taken",),
        alternatives=(slot,),
    )


def released(library_event) -> RoomHoldReleased:
    return RoomHoldReleased(
        library_event_id=library_event.id,
        request_id=library_event.room.request_id,
        space_id=SALON,
    )


def move(stage: Stage, library_event, **changes):
    command = ChangeLibraryEvent(
        library_event_id=library_event.id, by=an_organizer, changes=changes
    )
    return change_library_event(command, uow=stage.uow, clock=stage.clock)


def test_a_draft_asks_for_its_room_with_everything_the_room_needs(stage):
    draft = stage.draft(setup_minutes=30, teardown_minutes=15, capacity=12)
    [asked] = stage.said(RoomRequested)
    assert asked.request_id == draft.room.request_id
    assert (asked.space_id, asked.starts_at, asked.ends_at) == (
        SALON,
        TOMORROW,
        TOMORROW + timedelta(hours=2),
    )
    assert (asked.setup_minutes, asked.teardown_minutes, asked.expected_attendance) == (30, 15, 12)


def test_an_activity_elsewhere_asks_for_nothing_and_is_published_at_once(stage):
    library_event = stage.published(a_plan_elsewhere())
    assert library_event.room.state is RoomState.NONE
    assert stage.said(RoomRequested) == []


def test_a_refusal_is_kept_with_its_codes_and_alternatives(stage):
    draft = stage.draft()
    room_refused(refused(draft), uow=stage.uow, clock=stage.clock)
    room = stage.activity(draft).room
    assert (room.state, room.codes) == (RoomState.REFUSED, ("space_taken",))
    assert room.alternatives[0].starts_at == TOMORROW
    with pytest.raises(errors.RoomNotHeld):
        publish_library_event(
            PublishLibraryEvent(library_event_id=draft.id, by=an_organizer),
            uow=stage.uow,
            clock=stage.clock,
        )


def test_a_draft_that_moves_gives_back_first_and_then_asks_anew(stage):
    draft = stage.draft()
    hear_granted(stage, granted(draft))
    moved = move(stage, draft, starts_at=TOMORROW + timedelta(minutes=30))
    first, second = stage.said(RoomRequested)
    assert first.request_id != second.request_id == moved.room.request_id
    assert stage.said(RoomGivenBack) == [
        RoomGivenBack(library_event_id=draft.id, request_id=first.request_id)
    ]
    order = [type(message) for message in stage.uow.kept.published]
    assert order == [RoomRequested, RoomGivenBack, RoomRequested]


def test_a_change_that_needs_no_other_room_keeps_the_room(stage):
    draft = stage.draft()
    hear_granted(stage, granted(draft))
    changed = move(stage, draft, title_en="Poems by the lake", capacity=30)
    assert changed.room.state is RoomState.HELD
    assert stage.said(RoomGivenBack) == []


def test_an_old_grant_for_a_superseded_request_is_given_back(stage):
    draft = stage.draft()
    late = granted(draft)
    moved = move(stage, draft, starts_at=TOMORROW + timedelta(minutes=30))
    hear_granted(stage, late)
    assert stage.activity(draft).room.state is RoomState.REQUESTED
    given_back = [message.request_id for message in stage.said(RoomGivenBack)]
    assert given_back == [late.request_id, late.request_id]
    hear_granted(stage, granted(moved))
    assert stage.activity(draft).room.state is RoomState.HELD
    assert len(stage.said(RoomGivenBack)) == 2


def test_a_grant_for_a_draft_thrown_away_is_given_back(stage):
    draft = stage.draft()
    delete_draft(
        DeleteDraft(library_event_id=draft.id, by=an_organizer), uow=stage.uow, clock=stage.clock
    )
    assert len(stage.said(RoomGivenBack)) == 1
    hear_granted(stage, granted(draft))
    assert len(stage.said(RoomGivenBack)) == 2


def test_the_same_grant_heard_twice_changes_nothing(stage):
    draft = stage.draft()
    said = granted(draft)
    hear_granted(stage, said)
    version = stage.activity(draft).version
    hear_granted(stage, said)
    assert stage.activity(draft).version == version
    assert stage.said(RoomGivenBack) == []


def test_a_stale_refusal_or_release_changes_nothing(stage):
    draft = stage.draft()
    stale_refusal, stale_release = refused(draft), released(draft)
    moved = move(stage, draft, starts_at=TOMORROW + timedelta(minutes=30))
    hear_granted(stage, granted(moved))
    room_refused(stale_refusal, uow=stage.uow, clock=stage.clock)
    room_released(stale_release, uow=stage.uow, clock=stage.clock)
    assert stage.activity(draft).room.state is RoomState.HELD


def test_a_release_heard_before_its_grant_leaves_no_room_held(stage):
    draft = stage.draft()
    room_released(released(draft), uow=stage.uow, clock=stage.clock)
    hear_granted(stage, granted(draft))
    room = stage.activity(draft).room
    assert (room.state, room.note) == (RoomState.GIVEN_BACK, RoomNote.RELEASED)
    assert len(stage.said(RoomGivenBack)) == 1


def test_a_published_activity_whose_room_was_taken_away_may_ask_again(stage):
    library_event = stage.published()
    room_released(released(library_event), uow=stage.uow, clock=stage.clock)
    lost = stage.activity(library_event)
    assert (lost.status.value, lost.room.note) == ("published", RoomNote.RELEASED)
    asked = ask_for_room(
        AskForRoom(library_event_id=library_event.id, by=an_organizer),
        uow=stage.uow,
        clock=stage.clock,
    )
    assert asked.room.state is RoomState.REQUESTED
    assert asked.room.hold_expires_at is None


def test_a_room_asked_for_or_held_is_not_asked_for_again(stage):
    draft = stage.draft()
    command = AskForRoom(library_event_id=draft.id, by=an_organizer)
    with pytest.raises(errors.RoomNotWanted):
        ask_for_room(command, uow=stage.uow, clock=stage.clock)


def test_a_cancelled_activity_gives_its_room_back(stage):
    library_event = stage.published()
    cancel_library_event(
        CancelLibraryEvent(library_event_id=library_event.id, by=a_librarian),
        uow=stage.uow,
        clock=stage.clock,
    )
    [given_back] = stage.said(RoomGivenBack)
    assert given_back.request_id == library_event.room.request_id


@pytest.mark.parametrize("answered", [True, False], ids=["held", "still asked for"])
def test_a_forgotten_draft_loses_its_room_after_its_days_and_not_sooner(stage, answered):
    draft = stage.draft(starts_at=TOMORROW + timedelta(days=60))
    if answered:
        hear_granted(stage, granted(draft))
    stage.later(days=14, microseconds=-1)
    assert expire_draft_holds(uow=stage.uow, clock=stage.clock) == 0
    stage.later(microseconds=1)
    assert expire_draft_holds(uow=stage.uow, clock=stage.clock) == 1
    room = stage.activity(draft).room
    assert (room.state, room.note) == (RoomState.GIVEN_BACK, RoomNote.DRAFT_HOLD_EXPIRED)
    assert len(stage.said(RoomGivenBack)) == 1
    assert expire_draft_holds(uow=stage.uow, clock=stage.clock) == 0


def test_a_published_activity_keeps_its_room_however_long(stage):
    stage.published(starts_at=TOMORROW + timedelta(days=60))
    stage.later(days=15)
    assert expire_draft_holds(uow=stage.uow, clock=stage.clock) == 0
    assert stage.said(RoomGivenBack) == []


def test_only_who_runs_it_changes_it(stage):
    draft = stage.draft()
    with pytest.raises(errors.NoSuchLibraryEvent):
        delete_draft(
            DeleteDraft(library_event_id=draft.id, by=another_organizer),
            uow=stage.uow,
            clock=stage.clock,
        )
    library_event = stage.published(title_en="Another")
    with pytest.raises(NotAllowed):
        cancel_library_event(
            CancelLibraryEvent(library_event_id=library_event.id, by=another_organizer),
            uow=stage.uow,
            clock=stage.clock,
        )


def test_a_change_of_a_version_that_is_not_the_present_one_is_refused(stage):
    draft = stage.draft()
    command = ChangeLibraryEvent(
        library_event_id=draft.id,
        by=an_organizer,
        changes={"title_en": "New"},
        expected_version=draft.version + 1,
    )
    with pytest.raises(VersionConflict):
        change_library_event(command, uow=stage.uow, clock=stage.clock)


def test_a_plan_must_fit_its_room_and_a_known_library(stage):
    with pytest.raises(errors.PlanRefused) as too_many:
        stage.draft(capacity=41)
    assert [v.code for v in too_many.value.violations] == ["capacity_above_room"]
    assert too_many.value.violations[0].numbers == {"capacity": 41, "room_capacity": 40}
    with pytest.raises(errors.PlanRefused) as unknown:
        stage.draft(a_plan_elsewhere(library_id=new_id()))
    assert [v.code for v in unknown.value.violations] == ["library_unknown"]
    with pytest.raises(errors.StartsInThePast):
        stage.draft(starts_at=stage.clock.now())


def test_a_space_out_of_use_takes_no_new_plan(stage):
    with stage.uow:
        stage.uow.spaces.learn(a_space(in_use=False), 2)
        stage.uow.commit()
    with pytest.raises(errors.PlanRefused) as out_of_use:
        stage.draft()
    assert [v.code for v in out_of_use.value.violations] == ["space_unknown"]


def test_a_draft_moved_out_of_our_rooms_needs_none(stage):
    draft = stage.draft()
    hear_granted(stage, granted(draft))
    elsewhere = {"space_id": None, "place": "Garden", "space_kind": "cultural"}
    move(stage, draft, library_id=draft.setting.library_id, **elsewhere)
    assert len(stage.said(RoomGivenBack)) == 1
    published = publish_library_event(
        PublishLibraryEvent(library_event_id=draft.id, by=an_organizer),
        uow=stage.uow,
        clock=stage.clock,
    )
    assert published.room.state is RoomState.NONE

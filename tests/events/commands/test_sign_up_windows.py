"""A sign-up window nobody could use is refused; one that has simply passed stays as it was."""

from datetime import timedelta

import pytest

from services.events.commands.change_library_event import (
    ChangeLibraryEvent,
    change_library_event,
)
from services.events.domain import errors
from services.events.domain.library_event import LibraryEvent, Status
from tests.events.stage import Stage
from tests.support.event_builders import NOW, TOMORROW, an_organizer

PAST = {"signup_opens_at": NOW - timedelta(days=2), "signup_closes_at": NOW - timedelta(days=1)}
OPEN = {"signup_opens_at": NOW - timedelta(days=2), "signup_closes_at": NOW + timedelta(hours=1)}
BACKWARDS = {"signup_opens_at": TOMORROW - timedelta(hours=1), "signup_closes_at": NOW}


def change(stage: Stage, library_event: LibraryEvent, **changes: object) -> LibraryEvent:
    command = ChangeLibraryEvent(
        library_event_id=library_event.id, by=an_organizer, changes=changes
    )
    return change_library_event(command, uow=stage.uow, clock=stage.clock)


def codes(refused: pytest.ExceptionInfo[errors.PlanRefused]) -> list[str]:
    return [violation.code for violation in refused.value.violations]


def test_a_window_wholly_in_the_past_is_refused(stage: Stage) -> None:
    with pytest.raises(errors.PlanRefused) as refused:
        stage.draft(**PAST)
    assert codes(refused) == ["signup_window_past"]


def test_one_that_closes_this_instant_is_past_and_one_that_closes_after_it_is_not(
    stage: Stage,
) -> None:
    with pytest.raises(errors.PlanRefused):
        stage.draft(signup_closes_at=NOW)
    stage.draft(signup_closes_at=NOW + timedelta(microseconds=1))


def test_one_that_closes_before_it_opens_is_told_both_reasons(stage: Stage) -> None:
    with pytest.raises(errors.PlanRefused) as refused:
        stage.draft(**BACKWARDS)
    assert codes(refused) == ["signup_window_wrong", "signup_window_past"]


def test_nobody_moves_a_window_into_the_past(stage: Stage) -> None:
    library_event = stage.draft(**OPEN)
    with pytest.raises(errors.PlanRefused) as refused:
        change(stage, library_event, **PAST)
    assert codes(refused) == ["signup_window_past"]


def test_when_signing_up_is_over_the_rest_of_the_plan_can_still_be_changed(stage: Stage) -> None:
    library_event = stage.published(**OPEN)
    stage.later(hours=2)
    assert change(stage, library_event, title_en="Autumn").plan.title_en == "Autumn"


def test_a_draft_whose_window_has_passed_is_not_published(stage: Stage) -> None:
    planned = {"space_id": None, "place": "Garden", "space_kind": "learning"}
    space = stage.draft().setting
    library_event = stage.draft(**OPEN, **planned, library_id=space.library_id)
    stage.later(hours=2)
    with pytest.raises(errors.PlanRefused) as refused:
        stage.publish(library_event)
    assert codes(refused) == ["signup_window_past"]
    assert stage.activity(library_event).status is Status.DRAFT

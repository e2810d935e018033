"""A mistaken attendance is taken back, and the person stands where they stood before."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.events.commands.cancel_library_event import (
    CancelLibraryEvent,
    cancel_library_event,
)
from services.events.domain import errors
from services.events.domain.library_event import Status as Called
from services.events.domain.registration import Status
from shared.contracts.events import (
    AttendanceRecorded,
    AttendanceVoided,
    LibraryEventCancelled,
    RegistrationCancelled,
    RegistrationNoShow,
)
from tests.events.commands.test_attendance import END, count, full_house, record, void
from tests.support.event_builders import ANN, BEN, CUI, DAI, TOMORROW, an_organizer

__all__ = ["full_house"]  # a fixture: who has the places and who waits


def test_a_voided_attendance_is_taken_back_once_and_can_be_recorded_anew(stage, full_house):
    library_event, ann, *_ = full_house
    [entry] = record(stage, library_event, ANN)
    void(stage, entry)
    assert stage.now_is(ann).status is Status.CONFIRMED
    with pytest.raises(errors.NoSuchAttendance):
        void(stage, entry)
    record(stage, library_event, ANN)
    assert [m.attendance_id for m in stage.said(AttendanceVoided)] == [entry.id]
    assert len(stage.said(AttendanceRecorded)) == 2


def test_who_was_let_in_by_mistake_waits_on_in_the_same_place(stage, full_house):
    library_event, _, ben, cui = full_house
    stage.clock.set(TOMORROW - timedelta(minutes=29))
    dai = stage.sign_up(library_event, DAI)
    [entry] = record(stage, library_event, CUI)
    void(stage, entry)
    assert stage.now_is(cui).status is Status.WAITLISTED
    assert stage.reasons(cui)[-2:] == ["let_in_at_the_door", "back_in_line"]
    stage.cancel(ben)
    assert [stage.now_is(each).status for each in (cui, dai)] == [
        Status.OFFERED,
        Status.WAITLISTED,
    ]


def test_who_was_let_in_by_mistake_while_a_place_was_offered_has_the_same_offer(stage, full_house):
    library_event, _, ben, cui = full_house
    stage.clock.set(TOMORROW - timedelta(minutes=25))
    stage.cancel(ben)
    offered = stage.now_is(cui).offer_expires_at
    stage.later(minutes=2)
    [entry] = record(stage, library_event, CUI)
    stage.later(minutes=2)
    void(stage, entry)
    assert (stage.now_is(cui).status, stage.now_is(cui).offer_expires_at) == (
        Status.OFFERED,
        offered,
    )
    stage.accept(cui)
    assert stage.now_is(cui).status is Status.CONFIRMED


def test_who_was_let_in_from_the_line_and_was_not_there_after_all_went_unserved(stage, full_house):
    library_event, _, _, cui = full_house
    [entry] = record(stage, library_event, CUI)
    stage.clock.set(END)
    stage.close(library_event)
    void(stage, entry)
    assert stage.now_is(cui).status is Status.UNSERVED


def test_an_attendance_voided_after_closing_leaves_a_no_show(stage, full_house):
    library_event, ann, *_ = full_house
    entry, _ = record(stage, library_event, ANN, BEN)
    stage.clock.set(END)
    stage.close(library_event)
    void(stage, entry)
    assert stage.now_is(ann).status is Status.NO_SHOW
    assert [m.patron_id for m in stage.said(RegistrationNoShow)] == [ANN]


def test_what_people_came_to_is_not_called_off_until_that_is_taken_back(stage, full_house):
    library_event, ann, *_ = full_house
    [entry] = record(stage, library_event, ANN)
    count(stage, library_event, 7)
    command = CancelLibraryEvent(library_event_id=library_event.id, by=an_organizer)
    with pytest.raises(errors.PeopleCame) as refused:
        cancel_library_event(command, uow=stage.uow, clock=stage.clock)
    assert refused.value.numbers == {"people": 8}
    assert stage.said(LibraryEventCancelled) == []
    void(stage, entry)
    count(stage, library_event, 0)
    cancel_library_event(command, uow=stage.uow, clock=stage.clock)
    assert stage.now_is(ann).status is Status.CANCELLED


def test_an_attendance_kept_from_a_cancelled_activity_gives_no_place_back(stage, full_house):
    """Older data: what people had come to could be called off."""
    library_event, ann, *_ = full_house
    [entry] = record(stage, library_event, ANN)
    kept = stage.activity(library_event)
    stage.uow.kept.library_events[library_event.id] = replace(kept, status=Called.CANCELLED)
    void(stage, entry)
    assert stage.now_is(ann).status is Status.CANCELLED
    [told] = [m for m in stage.said(RegistrationCancelled) if m.patron_id == ANN]
    assert told.cancelled_by == "staff"

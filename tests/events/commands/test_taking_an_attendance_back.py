"""A mistaken attendance is taken back, and the person stands where they stood before."""

from datetime import timedelta

import pytest

from services.events.domain import errors
from services.events.domain.registration import Status
from shared.contracts.events import AttendanceRecorded, AttendanceVoided, RegistrationNoShow
from tests.events.commands.test_attendance import END, full_house, record, void
from tests.support.event_builders import ANN, BEN, CUI, DAI, TOMORROW

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

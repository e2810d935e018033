"""Who came: a no-show is a fact only where it was measured."""

from datetime import timedelta

import pytest

from services.events.commands.attend_by_code import (
    MOST_WRONG_CODES,
    AttendByCode,
    attend_by_code,
)
from services.events.commands.close_library_event import CloseOverdue, close_overdue
from services.events.commands.count_heads import CountHeads, count_heads
from services.events.commands.record_attendance import (
    Attendee,
    RecordAttendance,
    record_attendance,
)
from services.events.commands.void_attendance import VoidAttendance, void_attendance
from services.events.domain import errors
from services.events.domain.attendance import Method
from services.events.domain.registration import Status
from shared.contracts.events import (
    AttendanceRecorded,
    HeadcountRecorded,
    LibraryEventClosed,
    RegistrationNoShow,
)
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import NotAllowed
from shared.kernel.rotating_code import code_at
from tests.support.event_builders import (
    ANN,
    BEN,
    CUI,
    DAI,
    TOMORROW,
    an_organizer,
    another_organizer,
)

END = TOMORROW + timedelta(hours=2)


def record(stage, library_event, *attendees, by=an_organizer):
    people = [a if isinstance(a, Attendee) else Attendee(patron_id=a) for a in attendees]
    command = RecordAttendance(library_event_id=library_event.id, by=by, attendees=people)
    return record_attendance(command, uow=stage.uow, clock=stage.clock).attendances


def count(stage, library_event, anonymous):
    command = CountHeads(library_event_id=library_event.id, by=an_organizer, anonymous=anonymous)
    return count_heads(command, uow=stage.uow, clock=stage.clock)


def void(stage, attendance):
    command = VoidAttendance(attendance_id=attendance.id, by=an_organizer, reason="mistaken")
    return void_attendance(command, uow=stage.uow, clock=stage.clock)


def by_code(stage, library_event, who, *, seconds_ago=0):
    shown = stage.clock.now() - timedelta(seconds=seconds_ago)
    code = code_at(stage.activity(library_event).attendance_secret, shown)
    command = AttendByCode(library_event_id=library_event.id, patron_id=who, code=code)
    return attend_by_code(command, uow=stage.uow, clock=stage.clock)


@pytest.fixture
def full_house(stage):
    """Ann and Ben have the places, Cui waits; it is the start."""
    library_event = stage.published(capacity=2)
    people = [stage.sign_up(library_event, who) for who in (ANN, BEN, CUI)]
    stage.clock.set(TOMORROW)
    return library_event, *people


def test_where_attendance_was_taken_who_did_not_come_is_a_no_show(stage, full_house):
    library_event, ann, ben, cui = full_house
    record(stage, library_event, ANN)
    stage.clock.set(END)
    closed = stage.close(library_event)
    assert closed.attendance_measured is True
    statuses = [stage.now_is(each).status for each in (ann, ben, cui)]
    assert statuses == [Status.ATTENDED, Status.NO_SHOW, Status.UNSERVED]
    assert [m.patron_id for m in stage.said(RegistrationNoShow)] == [BEN]
    assert stage.reasons(cui)[-1] == "activity_closed"


def test_who_was_let_in_first_and_signed_up_then_is_no_no_show(stage):
    library_event = stage.published(capacity=2)
    stage.clock.set(TOMORROW - timedelta(minutes=20))
    record(stage, library_event, ANN)
    ann, ben = (stage.sign_up(library_event, who) for who in (ANN, BEN))
    stage.clock.set(END)
    stage.close(library_event)
    assert [m.patron_id for m in stage.said(RegistrationNoShow)] == [BEN]
    assert [stage.now_is(each).status for each in (ann, ben)] == [Status.ATTENDED, Status.NO_SHOW]


def test_where_none_was_taken_nobody_is_a_no_show(stage, full_house):
    library_event, ann, _ben, _cui = full_house
    stage.clock.set(END)
    assert stage.close(library_event).attendance_measured is False
    assert stage.said(RegistrationNoShow) == []
    assert stage.now_is(ann).status is Status.CONFIRMED
    [said] = stage.said(LibraryEventClosed)
    assert (said.attendance_measured, said.attendance_named) == (False, False)


def test_a_count_of_people_measures_but_names_no_no_show(stage, full_house):
    library_event, _ann, _ben, _cui = full_house
    count(stage, library_event, 25)
    stage.clock.set(END)
    stage.close(library_event)
    [said] = stage.said(LibraryEventClosed)
    assert (said.attendance_measured, said.attendance_named) == (True, False)
    assert stage.said(RegistrationNoShow) == []


def test_a_count_of_nobody_says_that_nobody_came(stage, full_house):
    library_event, *_ = full_house
    count(stage, library_event, 12)
    count(stage, library_event, 0)
    stage.clock.set(END)
    stage.close(library_event)
    assert [m.patron_id for m in stage.said(RegistrationNoShow)] == [ANN, BEN]
    assert [m.anonymous for m in stage.said(HeadcountRecorded)] == [12, 0]


def test_the_code_of_this_minute_or_the_one_before_counts_once(stage, full_house):
    library_event, *_ = full_house
    first = by_code(stage, library_event, ANN, seconds_ago=60)
    again = by_code(stage, library_event, ANN)
    assert (again.id, first.method) == (first.id, Method.CODE)
    assert len(stage.said(AttendanceRecorded)) == 1
    with pytest.raises(errors.WrongAttendanceCode):
        by_code(stage, library_event, BEN, seconds_ago=180)


def test_nobody_guesses_the_code_for_ever_and_guessing_stops_only_the_guesser(stage, full_house):
    library_event, *_ = full_house
    for _ in range(MOST_WRONG_CODES):
        with pytest.raises(errors.WrongAttendanceCode):
            by_code(stage, library_event, ANN, seconds_ago=180)
    with pytest.raises(errors.TooManyWrongCodes):
        by_code(stage, library_event, ANN)
    assert by_code(stage, library_event, BEN).method is Method.CODE
    assert len(stage.said(AttendanceRecorded)) == 1


def test_the_code_serves_only_who_has_a_place(stage, full_house):
    library_event, *_ = full_house
    for who in (CUI, DAI):
        with pytest.raises(errors.NoPlace):
            by_code(stage, library_event, who)


@pytest.mark.parametrize("minutes", [-31, 120], ids=["too early", "after the end"])
def test_the_code_counts_from_half_an_hour_before_until_the_end(stage, full_house, minutes):
    library_event, *_ = full_house
    stage.clock.set(TOMORROW + timedelta(minutes=minutes))
    with pytest.raises(errors.AttendanceNotOpen):
        by_code(stage, library_event, ANN)


def test_staff_enter_a_paper_list_after_the_end_with_the_time_people_came(stage, full_house):
    library_event, *_ = full_house
    stage.clock.set(END + timedelta(hours=3))
    came = TOMORROW + timedelta(minutes=5)
    [entry] = record(stage, library_event, Attendee(patron_id=ANN, attended_at=came))
    assert (entry.attended_at, entry.recorded_at) == (came, END + timedelta(hours=3))
    with pytest.raises(errors.AttendanceRefused) as refused:
        record(
            stage,
            library_event,
            Attendee(patron_id=BEN, attended_at=END + timedelta(hours=4)),
            Attendee(patron_id=DAI, attended_at=came),
        )
    assert [v.code for v in refused.value.violations] == ["attended_at_out_of_range"]
    assert len(stage.said(AttendanceRecorded)) == 1


def test_a_walk_in_has_no_sign_up_and_who_waited_has_theirs(stage, full_house):
    library_event, _, _, cui = full_house
    walk_in, waited = record(stage, library_event, DAI, CUI)
    assert (walk_in.registration_id, waited.registration_id) == (None, cui.id)
    assert stage.now_is(cui).status is Status.ATTENDED
    assert stage.reasons(cui)[-1] == "let_in_at_the_door"


def test_a_list_sent_again_records_nobody_twice(stage, full_house):
    library_event, *_ = full_house
    first = record(stage, library_event, ANN, DAI, ANN)
    again = record(stage, library_event, DAI, ANN)
    assert [a.id for a in again] == [a.id for a in reversed(first)]
    assert len(stage.said(AttendanceRecorded)) == 2


def test_a_party_counts_as_signed_up_unless_the_list_says_otherwise(stage):
    library_event = stage.published(capacity=5)
    stage.sign_up(library_event, ANN, party=3)
    stage.sign_up(library_event, BEN, party=2)
    stage.clock.set(TOMORROW)
    entries = record(stage, library_event, ANN, Attendee(patron_id=BEN, party_size=1))
    assert [entry.party_size for entry in entries] == [3, 1]


def test_what_nobody_closed_is_closed_by_the_clock(stage, full_house):
    library_event, *_ = full_house
    record(stage, library_event, ANN)
    overdue = CloseOverdue(after_hours=24)
    stage.clock.set(END + timedelta(hours=24))
    assert close_overdue(overdue, uow=stage.uow, clock=stage.clock) == 0
    stage.later(seconds=1)
    assert close_overdue(overdue, uow=stage.uow, clock=stage.clock) == 1
    assert close_overdue(overdue, uow=stage.uow, clock=stage.clock) == 0
    assert stage.activity(library_event).status.value == "closed"
    with pytest.raises(errors.AttendanceNotOpen):
        record(stage, library_event, BEN)


def test_nothing_is_closed_before_its_end(stage, full_house):
    library_event, *_ = full_house
    stage.clock.set(END - timedelta(microseconds=1))
    with pytest.raises(errors.NotOverYet):
        stage.close(library_event)


def test_only_who_runs_it_takes_attendance(stage, full_house):
    library_event, *_ = full_house
    with pytest.raises(NotAllowed):
        record(stage, library_event, ANN, by=another_organizer)
    with pytest.raises(errors.NoSuchAttendance):
        void_attendance(
            VoidAttendance(attendance_id=new_id(), by=an_organizer, reason="x"),
            uow=stage.uow,
            clock=stage.clock,
        )

"""What happens at the door when tickets are shown, now or synced late."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from services.events.commands.count_heads import CountHeads, CountMore, count_heads
from services.events.commands.scan_tickets import Scan, ScanTickets, scan_tickets
from services.events.commands.void_attendance import VoidAttendance, void_attendance
from services.events.domain import errors
from services.events.domain.attendance import Method
from services.events.domain.door import Outcome
from services.events.domain.registration import Status
from services.events.domain.ticket import DIGITS, new_ticket_code, read_ticket_code
from shared.contracts.events import AttendanceRecorded, HeadcountRecorded
from shared.kernel.refusal import NotAllowed
from tests.support.event_builders import (
    ANN,
    BEN,
    CUI,
    DAI,
    TOMORROW,
    an_organizer,
    another_organizer,
)


def scan(stage, library_event, *scans, by=an_organizer):
    command = ScanTickets(library_event_id=library_event.id, by=by, scans=scans)
    return scan_tickets(command, uow=stage.uow, clock=stage.clock)


def shown(code, **changes):
    return Scan(ticket_code=code, scan_id=changes.pop("scan_id", None) or uuid4(), **changes)


@pytest.fixture
def evening(stage):
    """Ann and Ben have the places, Cui waits, Dai gave up; it is the start."""
    library_event = stage.published(capacity=2)
    dai = stage.sign_up(library_event, DAI)
    stage.cancel(dai)
    people = [stage.sign_up(library_event, who) for who in (ANN, BEN, CUI)]
    stage.clock.set(TOMORROW)
    return library_event, *people, dai


def test_every_kind_of_ticket_has_its_own_answer(stage, evening):
    library_event, ann, _, cui, dai = evening
    stage.clock.set(TOMORROW - timedelta(days=1))
    elsewhere = stage.published(capacity=5)
    other = stage.sign_up(elsewhere, ANN)
    stage.clock.set(TOMORROW)
    codes = (ann.ticket_code, ann.ticket_code, "000", other.ticket_code, dai.ticket_code,
             cui.ticket_code)  # fmt: skip
    answers = scan(stage, library_event, *(shown(code) for code in codes))
    assert [answer.outcome for answer in answers] == [
        Outcome.ADMITTED, Outcome.ALREADY_IN, Outcome.UNKNOWN, Outcome.OTHER_ACTIVITY,
        Outcome.CANCELLED, Outcome.WAITING,
    ]  # fmt: skip
    assert answers[0].attendance_id == answers[1].attendance_id
    assert answers[3].registration is None, "whose ticket it is elsewhere is not told"
    assert stage.now_is(ann).status is Status.ATTENDED
    assert stage.now_is(cui).status is Status.WAITLISTED
    [recorded] = stage.said(AttendanceRecorded)
    assert (recorded.patron_id, recorded.method) == (ANN, Method.TICKET)


def test_a_scan_sent_again_changes_nothing_and_has_its_first_answer(stage, evening):
    library_event, ann, *_ = evening
    once = shown(ann.ticket_code)
    first = scan(stage, library_event, once)
    attendance_id = first[0].attendance_id
    again = scan(stage, library_event, once)
    assert again[0].outcome is Outcome.ADMITTED
    assert again[0].attendance_id == attendance_id
    void = VoidAttendance(attendance_id=attendance_id, by=an_organizer, reason="mistaken")
    void_attendance(void, uow=stage.uow, clock=stage.clock)
    scan(stage, library_event, once)
    assert stage.now_is(ann).status is Status.CONFIRMED, "a repeat must not undo the taking back"
    assert scan(stage, library_event, shown(ann.ticket_code))[0].outcome is Outcome.ADMITTED
    assert len(stage.said(AttendanceRecorded)) == 2


def test_another_ticket_under_the_id_of_a_scan_lets_nobody_in_and_is_not_kept(stage, evening):
    library_event, ann, ben, *_ = evening
    first = shown(ann.ticket_code)
    others = [shown(code, scan_id=first.scan_id) for code in (ben.ticket_code, "000")]
    answers = scan(stage, library_event, first, *others)
    answers += scan(stage, library_event, *others)
    assert [answer.outcome for answer in answers] == [Outcome.ADMITTED, *[Outcome.REUSED] * 4]
    assert {answer.attendance_id for answer in answers[1:]} == {None}
    assert {answer.registration for answer in answers[1:]} == {None}
    assert stage.now_is(ben).status is Status.CONFIRMED
    assert scan(stage, library_event, first)[0].outcome is Outcome.ADMITTED
    assert len(stage.said(AttendanceRecorded)) == 1


def test_a_ticket_under_the_id_of_digits_that_are_nobodys_lets_nobody_in(stage, evening):
    library_event, ann, *_ = evening
    first = shown("000")
    answers = scan(
        stage, library_event, first, first, shown(ann.ticket_code, scan_id=first.scan_id)
    )
    assert [answer.outcome for answer in answers] == [
        Outcome.UNKNOWN, Outcome.UNKNOWN, Outcome.REUSED,
    ]  # fmt: skip


def test_a_scan_kept_without_whose_ticket_it_was_is_still_of_one_ticket(stage, evening):
    library_event, ann, ben, cui, _ = evening
    came, waits = shown(ann.ticket_code), shown(cui.ticket_code)
    scan(stage, library_event, came, waits)
    kept = stage.uow.kept.scans
    for key, settled in kept.items():
        kept[key] = replace(settled, registration_id=None)
    again = (came, waits, *(shown(ben.ticket_code, scan_id=came.scan_id),
             shown("000", scan_id=waits.scan_id)))  # fmt: skip
    assert [answer.outcome for answer in scan(stage, library_event, *again)] == [
        Outcome.ADMITTED, Outcome.WAITING, Outcome.REUSED, Outcome.REUSED,
    ]  # fmt: skip


def test_late_scans_keep_the_time_they_were_made(stage, evening):
    library_event, ann, ben, *_ = evening
    came = TOMORROW + timedelta(minutes=3)
    stage.clock.set(TOMORROW + timedelta(hours=5))
    late, ahead = scan(
        stage,
        library_event,
        shown(ann.ticket_code, occurred_at=came),
        shown(ben.ticket_code, occurred_at=stage.clock.now() + timedelta(minutes=4)),
    )
    kept = stage.uow.kept.attendances
    assert kept[late.attendance_id].attended_at == came
    assert kept[ahead.attendance_id].attended_at == stage.clock.now()


@pytest.mark.parametrize("off", [timedelta(minutes=-31), timedelta(minutes=11)])
def test_a_scanner_whose_clock_is_far_off_is_told_so(stage, evening, off):
    library_event, ann, *_ = evening
    [answer] = scan(
        stage, library_event, shown(ann.ticket_code, occurred_at=stage.clock.now() + off)
    )
    assert answer.outcome is Outcome.OUT_OF_TIME
    assert stage.now_is(ann).status is Status.CONFIRMED


def test_who_waits_is_let_in_only_when_the_door_says_so(stage, evening):
    library_event, _, _, cui, _ = evening
    [answer] = scan(stage, library_event, shown(cui.ticket_code, let_in_waiting=True))
    assert answer.outcome is Outcome.ADMITTED
    assert stage.now_is(cui).status is Status.ATTENDED
    assert stage.reasons(cui)[-1] == "let_in_at_the_door"


def test_who_was_let_in_while_waiting_is_in_already_when_scanned_again(stage, evening):
    library_event, _, _, cui, _ = evening
    scans = (shown(cui.ticket_code, let_in_waiting=True), shown(cui.ticket_code))
    answers = scan(stage, library_event, *scans)
    assert [answer.outcome for answer in answers] == [Outcome.ADMITTED, Outcome.ALREADY_IN]
    assert len(stage.said(AttendanceRecorded)) == 1


def test_tickets_are_taken_by_who_runs_the_activity_while_attendance_is_open(stage, evening):
    library_event, ann, *_ = evening
    with pytest.raises(NotAllowed):
        scan(stage, library_event, shown(ann.ticket_code), by=another_organizer)
    stage.clock.set(TOMORROW - timedelta(hours=2))
    with pytest.raises(errors.AttendanceNotOpen):
        scan(stage, library_event, shown(ann.ticket_code))


def test_tickets_are_digits_read_however_they_are_typed():
    code = new_ticket_code()
    assert len(code) == DIGITS
    assert code != new_ticket_code()
    assert read_ticket_code(" 1234-5678 ９０12 ") == "123456789012"


def count(stage, library_event, **how):
    kind = CountMore if "more" in how else CountHeads
    command = kind(library_event_id=library_event.id, by=an_organizer, **how)
    return count_heads(command, uow=stage.uow, clock=stage.clock)


def test_heads_are_counted_whole_by_audience_or_one_by_one(stage, evening):
    library_event, *_ = evening
    assert count(stage, library_event, more=1).anonymous == 1
    count(stage, library_event, more=2, audience="visitor")
    last = count(stage, library_event, more=-1, audience="visitor")
    assert (last.anonymous, last.by_audience) == (2, {"visitor": 1})
    parts = {"undergraduate": 7, "visitor": 3}
    assert count(stage, library_event, by_audience=parts).anonymous == 10
    assert count(stage, library_event, anonymous=30, by_audience=parts).anonymous == 30
    assert [said.anonymous for said in stage.said(HeadcountRecorded)] == [1, 3, 2, 10, 30]


@pytest.mark.parametrize(
    "how",
    [
        {"more": -1},
        {"more": -1, "audience": "visitor"},
        {"anonymous": 2, "by_audience": {"visitor": 3}},
    ],
)
def test_a_count_that_does_not_add_up_is_refused(stage, evening, how):
    library_event, *_ = evening
    with pytest.raises(errors.HeadcountRefused):
        count(stage, library_event, **how)
    assert stage.said(HeadcountRecorded) == []

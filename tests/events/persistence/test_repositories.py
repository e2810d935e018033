"""The repositories in memory and in PostgreSQL do the same."""

from datetime import timedelta

from services.events.domain.attendance import Attendance, Measure, Method
from services.events.domain.headcount import Headcount
from services.events.domain.library_event import Status as ActivityStatus
from services.events.domain.ports import UnitOfWork
from services.events.domain.registration import Status
from services.events.domain.room import Alternative, Room, RoomNote, RoomState
from services.events.domain.waiting_list import Reason, Tally, decide
from shared.kernel.identifiers import new_id
from tests.support.event_builders import (
    ANN,
    BEN,
    LIBRARY,
    NOW,
    ORGANIZER,
    SALON,
    a_library_event,
    a_plan_elsewhere,
    a_registration,
    a_space,
)


def keep(uow: UnitOfWork, library_event, *registrations):
    with uow:
        uow.library_events.add(library_event)
        for registration in registrations:
            uow.registrations.add(registration)
        uow.commit()


def test_an_activity_comes_back_as_it_was_kept(uow):
    slot = Alternative(space_id=SALON, starts_at=NOW, ends_at=NOW + timedelta(hours=1))
    room = Room(state=RoomState.REFUSED, request_id=new_id(), codes=("full",), alternatives=(slot,))
    refused = a_library_event(status=ActivityStatus.DRAFT, room=room)
    given_back = Room(
        state=RoomState.GIVEN_BACK, request_id=new_id(), note=RoomNote.DRAFT_HOLD_EXPIRED
    )
    elsewhere = a_library_event(plan=a_plan_elsewhere(library_id=LIBRARY), room=given_back)
    elsewhere.plan = a_plan_elsewhere(space_kind="cultural", signup_opens_at=NOW)
    keep(uow, refused)
    keep(uow, elsewhere)
    with uow:
        again = uow.library_events.lock(refused.id)
        assert again is not None
        assert again.room == room
        assert again.plan.title_zh == refused.plan.title_zh
        assert uow.library_events.lock(elsewhere.id) == elsewhere
        assert uow.library_events.lock(new_id()) is None


def test_saving_an_activity_raises_its_version(uow):
    library_event = a_library_event()
    keep(uow, library_event)
    with uow:
        library_event.calendar_sequence = 7
        uow.library_events.save(library_event)
        uow.commit()
    with uow:
        again = uow.library_events.lock(library_event.id)
        assert again is not None
        assert (again.version, again.calendar_sequence) == (2, 7)


def test_what_is_not_committed_is_gone(uow):
    library_event = a_library_event()
    with uow:
        uow.library_events.add(library_event)
    with uow:
        assert uow.library_events.lock(library_event.id) is None


def test_a_removed_draft_is_gone(uow):
    draft = a_library_event(status=ActivityStatus.DRAFT)
    keep(uow, draft)
    with uow:
        uow.library_events.remove(draft)
        uow.commit()
    with uow:
        assert uow.library_events.lock(draft.id) is None


def test_only_drafts_whose_hold_is_over_are_due(uow):
    def holding(until, **changes):
        room = Room(state=RoomState.HELD, request_id=new_id(), hold_expires_at=until)
        return a_library_event(**{"status": ActivityStatus.DRAFT, "room": room} | changes)

    due = holding(NOW)
    overdue = holding(NOW - timedelta(days=1))
    not_yet = holding(NOW + timedelta(seconds=1))
    published = holding(NOW, status=ActivityStatus.PUBLISHED)
    refused = holding(NOW, room=Room(state=RoomState.REFUSED, hold_expires_at=NOW))
    for library_event in (due, overdue, not_yet, published, refused):
        keep(uow, library_event)
    with uow:
        assert list(uow.library_events.with_expired_holds(NOW)) == [overdue.id, due.id]


def test_only_published_activities_that_ended_are_overdue(uow):
    ended = a_library_event()
    cancelled = a_library_event(status=ActivityStatus.CANCELLED)
    keep(uow, ended)
    keep(uow, cancelled)
    with uow:
        just_then = ended.plan.ends_at
        assert list(uow.library_events.ended_before(just_then)) == []
        later = just_then + timedelta(seconds=1)
        assert list(uow.library_events.ended_before(later)) == [ended.id]


def test_the_tally_counts_places_taken_and_sign_ups_waiting(uow):
    library_event = a_library_event()
    statuses = {
        Status.CONFIRMED: 2,
        Status.OFFERED: 3,
        Status.ATTENDED: 1,
        Status.WAITLISTED: 4,
        Status.CANCELLED: 5,
        Status.LAPSED: 5,
    }
    registrations = [
        a_registration(library_event_id=library_event.id, status=status, party_size=size)
        for status, size in statuses.items()
    ]
    keep(uow, library_event, *registrations)
    with uow:
        assert uow.registrations.tally(library_event.id) == Tally(taken=6, waiting=1)
        assert uow.registrations.tally(new_id()) == Tally(taken=0, waiting=0)


def test_who_waits_comes_in_order_of_arrival_whatever_was_saved_since(uow):
    library_event = a_library_event()
    waiting = [a_registration(library_event_id=library_event.id) for _ in range(4)]
    keep(uow, library_event, *waiting)
    with uow:
        uow.registrations.save(waiting[2], waiting[0])
        uow.commit()
    with uow:
        first = uow.registrations.waiting(library_event.id, 3)
        assert [each.id for each in first] == [each.id for each in waiting[:3]]
        assert first[0].version == 2


def test_only_live_sign_ups_of_the_persons_asked_for_are_found(uow):
    library_event = a_library_event()
    ended = a_registration(
        library_event_id=library_event.id, patron_id=ANN, status=Status.CANCELLED
    )
    live = a_registration(library_event_id=library_event.id, patron_id=ANN)
    other = a_registration(library_event_id=library_event.id, patron_id=BEN)
    keep(uow, library_event, ended, live, other)
    with uow:
        assert list(uow.registrations.live_of(library_event.id, [ANN])) == [live]
        assert uow.registrations.get(ended.id) == ended
        assert uow.registrations.get(new_id()) is None


def test_offers_are_expired_from_their_last_instant_on(uow):
    library_event = a_library_event()
    offered = a_registration(library_event_id=library_event.id, status=Status.OFFERED)
    until = offered.offer_expires_at
    assert until is not None
    keep(uow, library_event, offered)
    with uow:
        before = until - timedelta(microseconds=1)
        assert list(uow.registrations.with_expired_offers(before)) == []
        assert list(uow.registrations.expired_offers(library_event.id, before)) == []
        assert list(uow.registrations.with_expired_offers(until)) == [library_event.id]
        assert list(uow.registrations.expired_offers(library_event.id, until)) == [offered]


def test_an_account_of_the_list_is_read_in_the_order_it_was_written(uow):
    library_event = a_library_event()
    registration = a_registration(library_event_id=library_event.id)
    keep(uow, library_event, registration)
    decisions = [
        decide(registration, NOW, Reason.NO_PLACE_FREE, position=1),
        decide(registration, NOW, Reason.PLACE_FREED, offer_expires_at="2026-11-24T09:00:00Z"),
    ]
    with uow:
        uow.decisions.add(*decisions)
        uow.decisions.add()
        uow.commit()
    with uow:
        assert list(uow.decisions.of(registration.id)) == decisions


def an_attendance(library_event, patron_id=ANN):
    return Attendance(
        id=new_id(),
        library_event_id=library_event.id,
        patron_id=patron_id,
        registration_id=None,
        method=Method.STAFF,
        party_size=1,
        attended_at=NOW,
        recorded_at=NOW,
        recorded_by=ORGANIZER,
    )


def test_a_voided_attendance_no_longer_stands_but_stays(uow):
    library_event = a_library_event()
    keep(uow, library_event)
    mistaken, right = an_attendance(library_event), an_attendance(library_event, BEN)
    with uow:
        uow.attendances.add(mistaken, right)
        uow.commit()
    with uow:
        mistaken.void(library_event, reason="another Ann", at=NOW)
        uow.attendances.save(mistaken)
        uow.commit()
    with uow:
        assert list(uow.attendances.standing(library_event.id, [ANN, BEN])) == [right]
        assert uow.attendances.get(mistaken.id) == mistaken


def test_the_latest_headcount_holds_and_none_is_not_nobody(uow):
    library_event = a_library_event()
    keep(uow, library_event)
    with uow:
        assert uow.attendances.measure(library_event.id) == Measure(names=0, headcount=None)
        for anonymous in (30, 0):
            uow.attendances.add_headcount(
                Headcount(
                    id=new_id(),
                    library_event_id=library_event.id,
                    anonymous=anonymous,
                    counted_at=NOW,
                    recorded_by=ORGANIZER,
                )
            )
        uow.attendances.add(an_attendance(library_event))
        assert uow.attendances.measure(library_event.id) == Measure(names=1, headcount=0)


def test_an_older_description_of_a_space_that_comes_late_changes_nothing(uow):
    with uow:
        uow.spaces.learn(a_space(capacity=40), 5)
        uow.spaces.learn(a_space(capacity=30), 4)
        uow.commit()
    with uow:
        known = uow.spaces.get(SALON)
        assert known == a_space(capacity=40)
        assert uow.spaces.timezone_of(LIBRARY) == "Asia/Shanghai"
        assert uow.spaces.timezone_of(new_id()) is None
        uow.spaces.learn(a_space(capacity=50), 6)
        assert uow.spaces.get(SALON) == a_space(capacity=50)


def test_the_latest_head_count_holds_with_its_audiences(uow):
    library_event = a_library_event()
    keep(uow, library_event)
    counts = [
        Headcount(
            id=new_id(),
            library_event_id=library_event.id,
            anonymous=anonymous,
            counted_at=NOW,
            recorded_by=ORGANIZER,
            by_audience={"visitor": 1},
        )
        for anonymous in (3, 2)
    ]
    with uow:
        for each in counts:
            uow.attendances.add_headcount(each)
        uow.commit()
    with uow:
        assert uow.attendances.latest_headcount(library_event.id) == counts[1]
        assert uow.attendances.latest_headcount(new_id()) is None

"""What the gateway makes of what it hears: who is told what, once, and what is left untold."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from gateway.commands.remind import remind
from gateway.commands.tell_people import Policy
from gateway.letters.invitation import method_of
from gateway.letters.wording import speech_for, words_of
from gateway.queries.notices import notices_of
from shared.contracts import booking, events
from shared.contracts.catalogue import LISTENERS
from shared.kernel.clock import SetClock
from shared.kernel.identifiers import new_id
from tests.gateway.notices.conftest import Ear, NewUnit
from tests.support.gateway_builders import NOON
from tests.support.notice_builders import (
    TOMORROW,
    a_published_activity,
    a_reservation,
    a_sign_up,
    a_space_defined,
)

Told = Callable[[], list[str]]


def cancelled(facts: dict[str, Any], by: str = "patron") -> booking.ReservationCancelled:
    return booking.ReservationCancelled(**facts, cancelled_by=by)


def test_the_gateway_reacts_to_all_the_catalogue_says_it_hears(ear: Ear) -> None:
    assert set(ear.consumers.types()) == {message.type for message in LISTENERS["gateway"]}


def test_a_booking_is_told_from_its_beginning_to_its_end(ear: Ear, told: Told) -> None:
    facts = a_reservation()
    ear.hear(booking.ReservationConfirmed(**facts))
    before = {
        "previous_space_id": facts["space_id"],
        "previous_starts_at": facts["starts_at"],
        "previous_ends_at": facts["ends_at"],
    }
    moved = facts | {"starts_at": TOMORROW + timedelta(hours=1)}
    ear.hear(booking.ReservationChanged(**moved, **before, calendar_sequence=1))
    ear.hear(cancelled(moved | {"calendar_sequence": 2}))
    assert told() == ["booking_confirmed", "booking_changed", "booking_cancelled"]


def test_calendar_versions_rise_whatever_the_messages_say(ear: Ear, engine: Engine) -> None:
    facts = a_sign_up()
    for _ in range(2):
        ear.hear(events.RegistrationConfirmed(**facts))
        ear.hear(events.RegistrationCancelled(**facts, previous_status="confirmed"))
    with engine.connect() as connection:
        query = "SELECT calendar_sequence FROM notice ORDER BY notice_id"
        assert [row[0] for row in connection.exec_driver_sql(query)] == [1, 2, 3, 4]


def test_a_sign_up_is_told_through_waiting_offer_and_place(ear: Ear, told: Told) -> None:
    facts = a_sign_up()
    ear.hear(events.RegistrationWaitlisted(**facts, position=3))
    ear.hear(events.PlaceOffered(**facts, offer_expires_at=NOON + timedelta(hours=3)))
    ear.hear(events.RegistrationConfirmed(**facts))
    assert told() == ["place_waitlisted", "place_offered", "place_confirmed"]


def test_an_offer_that_ran_out_is_told_and_one_passed_on_is_not(ear: Ear, told: Told) -> None:
    ear.hear(events.PlaceOfferLapsed(**a_sign_up(), reason="declined"))
    ear.hear(events.PlaceOfferLapsed(**a_sign_up(), reason="expired"))
    assert told() == ["place_lapsed"]


def test_who_leaves_a_waiting_list_is_not_told_so_but_a_called_off_activity_is_told_to_all(
    ear: Ear, told: Told
) -> None:
    ear.hear(events.RegistrationCancelled(**a_sign_up(), previous_status="waitlisted"))
    ear.hear(
        events.RegistrationCancelled(
            **a_sign_up(), previous_status="waitlisted", cancelled_by="staff"
        )
    )
    ear.hear(
        events.RegistrationCancelled(
            **a_sign_up(), previous_status="confirmed", cancelled_by="staff"
        )
    )
    assert told() == ["activity_cancelled", "activity_cancelled"]


def test_a_called_off_activity_is_told_with_its_reason(ear: Ear, engine: Engine) -> None:
    called_off = {"previous_status": "confirmed", "cancelled_by": "staff", "reason": "Ill."}
    ear.hear(events.RegistrationCancelled(**a_sign_up(), **called_off))
    with engine.connect() as connection:
        details = connection.exec_driver_sql("SELECT details FROM notice").scalar_one()
    assert details["reason"] == "Ill."


def test_hearing_a_message_again_tells_nothing_again(ear: Ear, told: Told, mails: Any) -> None:
    confirmed = booking.ReservationConfirmed(**a_reservation())
    message_id = new_id()
    for sequence in (5, 5, 6):  # the last: even a repeat under another number
        ear.hear(confirmed, id=message_id, sequence=sequence)
    assert told() == ["booking_confirmed"]
    assert len(mails()) == 1


def test_the_control_without_the_key_a_repeat_is_told_twice(
    ear: Ear, told: Told, engine: Engine
) -> None:
    """The unique key is what guards; without it the same message makes a second notice."""
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE notice DROP CONSTRAINT notice_once")
        connection.exec_driver_sql(
            "ALTER TABLE notice ADD CONSTRAINT notice_once UNIQUE (notice_id)"
        )
    confirmed = booking.ReservationConfirmed(**a_reservation())
    message_id = new_id()
    for sequence in (5, 6):
        ear.hear(confirmed, id=message_id, sequence=sequence)
    assert told() == ["booking_confirmed", "booking_confirmed"]


def test_a_message_that_comes_after_a_later_one_changes_and_tells_nothing(
    ear: Ear, told: Told
) -> None:
    facts = a_reservation()
    ear.hear(cancelled(facts), sequence=20)
    ear.hear(booking.ReservationConfirmed(**facts), sequence=19)
    assert told() == ["booking_cancelled"]


def test_history_is_told_to_nobody_and_leaves_only_what_is_still_to_come(
    engine: Engine, clock: SetClock, told: Told
) -> None:
    old = Ear(engine, clock, Policy(fresh_for=timedelta(hours=6)))
    long_ago = NOON - timedelta(hours=7)
    over = {"starts_at": NOON - timedelta(hours=5), "ends_at": NOON - timedelta(hours=4)}
    old.hear(booking.ReservationConfirmed(**a_reservation(**over)), time=long_ago)
    old.hear(booking.ReservationConfirmed(**a_reservation()), time=long_ago)
    assert told() == []
    with engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT starts_at FROM appointment").scalars().all()
    assert kept == [TOMORROW]


def test_while_a_campus_is_loaded_nobody_is_told_anything(
    engine: Engine, clock: SetClock, told: Told
) -> None:
    quiet = Ear(engine, clock, Policy(fresh_for=timedelta(0)))
    quiet.hear(booking.ReservationConfirmed(**a_reservation()), time=NOON)
    assert told() == []


def test_without_a_way_for_mail_the_notice_is_there_and_no_mail_waits(
    engine: Engine, clock: SetClock, told: Told, mails: Any
) -> None:
    silent = Ear(engine, clock, Policy(by_mail=False))
    silent.hear(booking.ReservationConfirmed(**a_reservation()))
    assert told() == ["booking_confirmed"]
    assert mails() == []


@pytest.mark.parametrize(
    ("message", "lead"),
    [
        (booking.ReservationConfirmed(**a_reservation()), timedelta(minutes=60)),
        (events.RegistrationConfirmed(**a_sign_up()), timedelta(hours=24)),
    ],
    ids=["a booking an hour before", "an activity a day before"],
)
def test_a_reminder_comes_once_when_its_time_has_come(
    *, ear: Ear, new_unit: NewUnit, clock: SetClock, told: Told, message: Any, lead: timedelta
) -> None:
    ear.hear(message)
    clock.set(TOMORROW - lead - timedelta(seconds=1))
    assert remind(uow=new_unit(), clock=clock, policy=Policy()) == 0
    clock.set(TOMORROW - lead)
    assert remind(uow=new_unit(), clock=clock, policy=Policy()) == 1
    assert remind(uow=new_unit(), clock=clock, policy=Policy()) == 0
    assert [kind for kind in told() if kind.endswith("reminder")] != []


def test_who_books_within_the_hour_is_not_reminded_of_what_they_just_did(
    ear: Ear, new_unit: NewUnit, clock: SetClock
) -> None:
    soon = {"starts_at": NOON + timedelta(minutes=40), "ends_at": NOON + timedelta(minutes=90)}
    ear.hear(booking.ReservationConfirmed(**a_reservation(**soon)))
    clock.set(NOON + timedelta(minutes=10))
    assert remind(uow=new_unit(), clock=clock, policy=Policy()) == 0


def test_what_was_cancelled_or_has_begun_is_not_reminded_of(
    ear: Ear, new_unit: NewUnit, clock: SetClock
) -> None:
    facts = a_reservation()
    ear.hear(booking.ReservationConfirmed(**facts))
    ear.hear(cancelled(facts))
    clock.set(TOMORROW - timedelta(minutes=30))
    assert remind(uow=new_unit(), clock=clock, policy=Policy()) == 0
    clock.set(NOON)
    ear.hear(booking.ReservationConfirmed(**a_reservation()))
    clock.set(TOMORROW + timedelta(minutes=1))
    assert remind(uow=new_unit(), clock=clock, policy=Policy()) == 0


def test_a_moved_booking_is_reminded_of_at_its_new_time(
    ear: Ear, new_unit: NewUnit, clock: SetClock, told: Told
) -> None:
    facts = a_reservation()
    ear.hear(booking.ReservationConfirmed(**facts))
    clock.set(TOMORROW - timedelta(minutes=60))
    remind(uow=new_unit(), clock=clock, policy=Policy())
    later = TOMORROW + timedelta(hours=5)
    before = {"previous_space_id": facts["space_id"], "previous_starts_at": facts["starts_at"]}
    moved = facts | {"starts_at": later, "ends_at": later + timedelta(hours=1)}
    ear.hear(booking.ReservationChanged(**moved, **before, previous_ends_at=facts["ends_at"]))
    clock.set(later - timedelta(minutes=60))
    remind(uow=new_unit(), clock=clock, policy=Policy())
    assert told().count("booking_reminder") == 2


def test_the_latest_description_of_a_place_holds_in_whatever_order_they_come(
    ear: Ear, engine: Engine
) -> None:
    ear.hear(a_space_defined(name_en="New name"), sequence=9)
    ear.hear(a_space_defined(name_en="Old name"), sequence=8)
    ear.hear(a_published_activity(title_en="New title"), sequence=9)
    ear.hear(a_published_activity(title_en="Old title"), sequence=8)
    with engine.connect() as connection:
        space = connection.exec_driver_sql("SELECT name_en FROM known_space").scalar_one()
        title = connection.exec_driver_sql("SELECT title_en FROM known_activity").scalar_one()
    assert (space, title) == ("New name", "New title")


def test_what_the_library_has_to_approve_is_told_with_its_answer(
    ear: Ear, told: Told, engine: Engine
) -> None:
    facts = a_reservation()
    ear.hear(booking.ReservationRequested(**facts, expires_at=NOON + timedelta(hours=4)))
    ear.hear(booking.ReservationRejected(**facts, reason="an examination that day"))
    ear.hear(booking.ReservationExpired(**a_reservation(), expired_at=NOON))
    assert told() == ["booking_requested", "booking_rejected", "booking_expired"]
    with engine.connect() as connection:
        query = "SELECT details ->> 'reason' FROM notice WHERE kind = 'booking_rejected'"
        assert connection.exec_driver_sql(query).scalar_one() == "an examination that day"


def test_why_the_library_said_no_is_kept(ear: Ear, engine: Engine) -> None:
    facts = a_reservation()
    ear.hear(booking.ReservationRejected(**facts, cause="slot_given"))
    assert details_of(engine, "booking_rejected")["cause"] == "slot_given"


def test_what_could_be_had_instead_of_a_cancelled_booking_is_told_with_its_space(
    ear: Ear, engine: Engine
) -> None:
    facts = a_reservation()
    slot = booking.AlternativeSlot(
        space_id=facts["space_id"], starts_at=TOMORROW, ends_at=TOMORROW + timedelta(hours=2)
    )
    ear.hear(booking.ReservationConfirmed(**facts))
    ear.hear(booking.ReservationCancelled(**facts, cancelled_by="staff", alternatives=(slot,)))
    told, *_ = notices_of(engine, facts["patron_id"], before=None, limit=5)
    (offer,) = words_of(told, speech_for(told, "en", "UTC")).offers
    assert offer.text == "Group room 301 · Wed, Nov 25, 2026 22:00–24:00"


def test_a_request_that_was_never_confirmed_is_taken_out_of_no_calendar(
    ear: Ear, engine: Engine
) -> None:
    asked, booked = a_reservation(), a_reservation()
    ear.hear(booking.ReservationRequested(**asked, expires_at=NOON + timedelta(hours=4)))
    ear.hear(booking.ReservationConfirmed(**booked))
    for facts, method in ((asked, None), (booked, "CANCEL")):
        ear.hear(cancelled(facts))
        told, *_ = notices_of(engine, facts["patron_id"], before=None, limit=1)
        assert method_of(told.notice) == method


def details_of(engine: Engine, kind: str) -> dict[str, Any]:
    with engine.connect() as connection:
        query = "SELECT details FROM notice WHERE kind = %s"
        details: dict[str, Any] = connection.exec_driver_sql(query, (kind,)).scalar_one()
    return details

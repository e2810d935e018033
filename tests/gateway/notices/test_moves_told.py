"""Everybody signed up is told of a move, once, in their language, with a calendar update."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import Engine

from gateway.commands.remind import remind
from gateway.commands.send_mails import Postman
from gateway.commands.tell_people import Policy
from gateway.domain.account import Account
from shared.contracts import events
from shared.kernel.clock import SetClock
from shared.kernel.identifiers import new_id
from tests.gateway.notices.conftest import Ear, NewUnit
from tests.support.gateway_builders import NOON
from tests.support.mail_server import MailServer
from tests.support.notice_builders import (
    ACTIVITY,
    LIBRARY,
    SPACE,
    TOMORROW,
    a_published_activity,
    a_sign_up,
    a_space_defined,
)

LATER = TOMORROW + timedelta(days=2)
LENGTH = timedelta(hours=2)
HALL = new_id()
BEFORE: dict[str, Any] = {
    "previous_starts_at": TOMORROW,
    "previous_ends_at": TOMORROW + LENGTH,
    "previous_space_id": SPACE,
}
AFTER: dict[str, Any] = {"starts_at": LATER, "ends_at": LATER + LENGTH, "calendar_sequence": 2}


def activity_moved(**changed: Any) -> events.LibraryEventMoved:
    known = a_published_activity()
    said = {
        "library_event_id": ACTIVITY,
        "library_id": LIBRARY,
        "programme": "salon",
        "space_id": HALL,
        "space_kind": "cultural",
        "capacity": 20,
        "title_zh": known.title_zh,
        "title_en": known.title_en,
    }
    return events.LibraryEventMoved(**said | AFTER | BEFORE | changed)


def sign_up_moved(
    facts: dict[str, Any], status: str = "confirmed", **changed: Any
) -> events.RegistrationMoved:
    said = facts | AFTER | BEFORE | {"status": status, "space_id": HALL}
    return events.RegistrationMoved(**said | changed)


@pytest.fixture
def signed_up(ear: Ear) -> Callable[..., dict[str, Any]]:
    """Let somebody have a place; the hall they will be led to is known."""
    ear.hear(a_space_defined(space_id=HALL, code="HALL", name_zh="大厅", name_en="Great hall"))

    def signed(account: Account) -> dict[str, Any]:
        facts = a_sign_up(patron_id=account.patron_id)
        ear.hear(events.RegistrationConfirmed(**facts))
        return facts

    return signed


@pytest.fixture
def sent(postman: Postman, mail_server: MailServer) -> Callable[[], list[EmailMessage]]:
    """Send what is due; return all letters there were, oldest first."""

    def send() -> list[EmailMessage]:
        while postman.go_round():
            pass
        return [letter for _, letter in mail_server.letters]

    return send


def part(letter: EmailMessage, kind: str) -> str:
    found: str = next(p for p in letter.walk() if p.get_content_type() == kind).get_content()
    return found


@pytest.mark.parametrize(
    "expected",
    [
        (
            "en",
            "Moved: An evening of Song poems",
            ("Fri, Nov 27, 2026 22:00", "Wed, Nov 25, 2026 22:00", "Great hall", "Group room 301"),
        ),
        (
            "zh-CN",
            "活动调整：宋词夜读",
            ("2026年11月27日周五 22:00", "2026年11月25日周三 22:00", "大厅", "研讨间 301"),
        ),
    ],
    ids=["en", "zh-CN"],
)
def test_a_mail_names_old_and_new_time_and_place_and_updates_the_calendar(
    ear: Ear,
    admit: Callable[..., Account],
    signed_up: Callable[..., dict[str, Any]],
    sent: Callable[[], list[EmailMessage]],
    expected: tuple[str, str, tuple[str, ...]],
) -> None:
    language, subject, said = expected
    facts = signed_up(admit(mail="a@example.edu", language=language))
    sent()
    ear.hear(activity_moved())
    ear.hear(sign_up_moved(facts))
    first, moved = sent()
    assert moved["Subject"] == subject
    text = part(moved, "text/plain")
    assert all(one in text for one in said)
    [old], [new] = (
        Calendar.from_ical(part(one, "text/calendar")).walk("VEVENT") for one in (first, moved)
    )
    assert new["UID"] == old["UID"]
    assert int(new["SEQUENCE"]) > int(old["SEQUENCE"])
    assert (new["DTSTART"].dt, new["STATUS"]) == (LATER, "CONFIRMED")
    assert ("Great hall" if language == "en" else "大厅") in new["LOCATION"]


def test_heard_again_it_is_told_once(
    ear: Ear, told: Callable[[], list[str]], mails: Callable[[], list[Any]]
) -> None:
    moved = sign_up_moved(a_sign_up())
    message_id = new_id()
    for sequence in (5, 5, 6):  # the last: even a repeat under another number
        ear.hear(moved, id=message_id, sequence=sequence)
    assert told() == ["activity_moved"]
    assert len(mails()) == 1


@pytest.mark.parametrize("activity_first", [True, False])
def test_whichever_of_the_two_messages_is_heard_first_the_notice_is_right(
    ear: Ear, engine: Engine, activity_first: bool
) -> None:
    facts = a_sign_up()
    said = [(activity_moved(), 40), (sign_up_moved(facts), 41)]
    for message, sequence in said if activity_first else said[::-1]:
        ear.hear(message, sequence=sequence)
    with engine.connect() as connection:
        query = "SELECT starts_at, ends_at, space_id, calendar_sequence FROM notice"
        assert tuple(connection.exec_driver_sql(query).one()) == (
            LATER,
            LATER + LENGTH,
            HALL,
            2,
        )


@pytest.mark.parametrize(
    ("status", "words"),
    [("waitlisted", "on the waiting list"), ("offered", "stays kept until the time below")],
)
def test_who_has_no_place_yet_is_told_without_an_entry_for_calendars(
    ear: Ear,
    admit: Callable[..., Account],
    sent: Callable[[], list[EmailMessage]],
    status: str,
    words: str,
) -> None:
    facts = a_sign_up(patron_id=admit(mail="b@example.edu").patron_id)
    offer = {"offer_expires_at": NOON + timedelta(hours=3)} if status == "offered" else {}
    ear.hear(sign_up_moved(facts, status, **offer))
    [letter] = sent()
    assert words in " ".join(part(letter, "text/plain").split())
    assert "text/calendar" not in [one.get_content_type() for one in letter.walk()]


def test_reminders_follow_the_new_time(
    *,
    ear: Ear,
    clock: SetClock,
    new_unit: NewUnit,
    told: Callable[[], list[str]],
    signed_up: Callable[..., dict[str, Any]],
    admit: Callable[..., Account],
) -> None:
    facts = signed_up(admit(mail="c@example.edu"))
    ear.hear(sign_up_moved(facts))

    def reminded_at(instant: Any) -> int:
        clock.set(instant)
        return remind(uow=new_unit(), clock=clock, policy=Policy())

    assert reminded_at(TOMORROW - timedelta(hours=23)) == 0
    assert reminded_at(LATER - timedelta(hours=23)) == 1
    assert told()[-1] == "activity_reminder"


def test_a_mail_about_the_old_time_that_is_not_sent_yet_is_dropped(
    ear: Ear,
    admit: Callable[..., Account],
    signed_up: Callable[..., dict[str, Any]],
    sent: Callable[[], list[EmailMessage]],
    mails: Callable[[], list[Any]],
) -> None:
    facts = signed_up(admit(mail="d@example.edu"))
    ear.hear(sign_up_moved(facts))
    sent()
    assert [tuple(one) for one in mails()] == [("dropped", "overtaken"), ("sent", None)]


def test_a_place_in_words_is_told_before_and_after(
    ear: Ear, admit: Callable[..., Account], sent: Callable[[], list[EmailMessage]]
) -> None:
    facts = a_sign_up(patron_id=admit(mail="e@example.edu").patron_id)
    nowhere = {"space_id": None, "previous_space_id": None}
    words = {"place": "Tea house", "previous_place": "Botanical garden"}
    ear.hear(sign_up_moved(facts, **nowhere, **words))
    [letter] = sent()
    text = part(letter, "text/plain")
    assert "Tea house" in text
    assert "Botanical garden" in text

"""What a letter says, in both languages, and that nothing somebody typed can change its form."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from icalendar import Calendar

from gateway.domain.mail_settings import MailSettings
from gateway.domain.notice import INVITES, TOPIC_OF, WITHDRAWS, Kind
from gateway.domain.notice_ports import Told
from gateway.letters.letter import LetterWriter
from gateway.letters.plain_text import one_line
from gateway.letters.sentences import LEADS, TITLES
from gateway.letters.wording import speech_for, words_of
from shared.kernel.identifiers import new_id
from tests.support.gateway_builders import NOON, an_account
from tests.support.notice_builders import (
    ACTIVITY,
    SPACE,
    TOMORROW,
    a_known_activity,
    a_known_space,
    a_notice,
    told,
)

NASTY = (
    "Eve\r\nBcc: victim@example.edu\r\n\r\nboo",
    "a\nb",
    "a\x00b",
    "a\u2028b\u2029c\x85d",
    "\u202egnp.exe",
    '"; rm -rf / ; "<script>alert(1)</script>',
    "=?utf-8?q?=0ABcc:_x@example.edu?=",
    "BEGIN:VEVENT\r\nEND:VEVENT",
    "%(name)s {{ 7*7 }} ${7*7}",
    "😀" * 60,
    "\ud800 half",
    "名" * 200,
    "'\";,\\:^",
)


@pytest.fixture
def writer() -> LetterWriter:
    settings = MailSettings(sender="library@chenghu.example", sender_name="澄湖图书馆")
    return LetterWriter(
        settings, public_url="https://library.example/", timezone="UTC", now=lambda: NOON
    )


def written(writer: LetterWriter, about: Told, **person: Any) -> EmailMessage:
    letter = writer.compose(about, an_account(**person))
    parsed = message_from_bytes(letter.as_bytes(), policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def part(letter: EmailMessage, kind: str) -> str:
    found: str = next(p for p in letter.walk() if p.get_content_type() == kind).get_content()
    return found


def calendar(letter: EmailMessage) -> Calendar:
    return Calendar.from_ical(part(letter, "text/calendar"))


def test_a_letter_is_text_and_the_same_as_html_and_an_invitation(writer: LetterWriter) -> None:
    letter = written(writer, told(), language="en")
    assert letter.get_content_type() == "multipart/alternative"
    kinds = [one.get_content_type() for one in letter.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    invitation = list(letter.iter_parts())[-1]
    assert invitation["Content-Type"].params["method"] == "REQUEST"
    assert letter["Auto-Submitted"] == "auto-generated"


def test_times_are_on_the_clocks_of_the_library_and_words_in_the_persons_language(
    writer: LetterWriter,
) -> None:
    about = told()  # 14:00 to 16:00 UTC are 22:00 to midnight in Shanghai
    chinese = written(writer, about, language="zh-CN")
    assert chinese["Subject"] == "预约成功：研讨间 301"
    assert "2026年11月25日周三 22:00–24:00" in part(chinese, "text/plain")
    assert "王小明，您好" in part(chinese, "text/plain")
    english = written(writer, about, language="en")
    assert english["Subject"] == "Booked: Group room 301"
    assert "Wed, Nov 25, 2026 22:00–24:00" in part(english, "text/plain")
    assert "Group room 301 · R-301 · Chenghu Library" in part(english, "text/html")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_notice_has_its_words(
    writer: LetterWriter, kind: Kind, language: str
) -> None:
    details = {
        "offer_expires_at": TOMORROW.isoformat(),
        "answer_until": TOMORROW.isoformat(),
        "position": 2,
        "cancelled_by": "staff",
        "stage": "refine",
        "reason": "an examination",
        "had_a_place": True,
        "has_a_place": True,
    }
    letter = written(writer, told(kind, details=details), language=language)
    assert set(TITLES) == set(LEADS) == set(TOPIC_OF) == set(Kind)
    text = part(letter, "text/plain")
    assert "https://library.example/" in text
    has_calendar = "text/calendar" in [one.get_content_type() for one in letter.iter_parts()]
    assert has_calendar == (kind in INVITES | WITHDRAWS)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "given this time to somebody else who had asked for it as well"),
        ("zh-CN", "图书馆已将该时段分配给另一位同时申请的读者"),
    ],
)
def test_who_lost_a_time_to_somebody_else_is_told_so(
    writer: LetterWriter, language: str, said: str
) -> None:
    for cause, is_said in (("slot_given", True), ("staff", False)):
        about = told(Kind.BOOKING_REJECTED, details={"cause": cause})
        text = part(written(writer, about, language=language), "text/plain")
        assert (said in " ".join(text.split())) is is_said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "- Group room 301 · Wed, Nov 25, 2026 22:00–24:00"),
        ("zh-CN", "- 研讨间 301 · 2026年11月25日周三 22:00–24:00"),
    ],
)
def test_a_cancellation_says_what_could_be_had_instead_and_leads_there(
    writer: LetterWriter, language: str, said: str
) -> None:
    slot = {
        "space_id": str(SPACE),
        "starts_at": TOMORROW.isoformat(),
        "ends_at": (TOMORROW + timedelta(hours=2)).isoformat(),
    }
    unheard_of = {**slot, "space_id": str(new_id())}
    details = {"cancelled_by": "staff", "party_size": 3, "alternatives": [slot, unheard_of]}
    notice = a_notice(Kind.BOOKING_CANCELLED, details=details)
    space = a_known_space()
    letter = written(
        writer, Told(notice=notice, space=space, instead={SPACE: space}), language=language
    )
    text = part(letter, "text/plain")
    assert said in text
    link = f"https://library.example/find/confirm?space_id={SPACE}&starts_at="
    assert link in text
    assert text.count("/find/confirm") == 1
    assert "&amp;party=3" in part(letter, "text/html")


def test_an_offer_names_its_deadline_and_where_to_answer(writer: LetterWriter) -> None:
    until = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
    about = told(Kind.PLACE_OFFERED, details={"offer_expires_at": until.isoformat()})
    text = part(written(writer, about, language="en"), "text/plain")
    assert "Kept for you until: Tue, Nov 24, 2026 23:30" in text
    assert f"https://library.example/whats-on/{ACTIVITY}" in text


def test_the_invitation_is_the_appointment_of_the_feeds(writer: LetterWriter) -> None:
    about = told(calendar_sequence=3)
    (entry,) = calendar(written(writer, about)).walk("VEVENT")
    assert entry["UID"] == f"{about.notice.subject_id}@booking.atrium"
    assert (entry["SEQUENCE"], entry["STATUS"]) == (3, "CONFIRMED")
    assert entry["DTSTART"].dt == TOMORROW
    assert entry["DTEND"].dt == TOMORROW + timedelta(hours=2)
    assert entry["ORGANIZER"] == "mailto:library@chenghu.example"
    assert entry["ATTENDEE"] == "mailto:xiaoming@example.edu"
    assert entry["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"


def test_a_cancellation_takes_the_same_appointment_out(writer: LetterWriter) -> None:
    details = {"had_a_place": True, "reason": "The poet is ill."}
    about = told(Kind.ACTIVITY_CANCELLED, calendar_sequence=4, details=details)
    letter = written(writer, about)
    body = letter.get_body(("plain",))
    assert body is not None
    assert "The poet is ill." in body.get_content()
    found = calendar(letter)
    (entry,) = found.walk("VEVENT")
    assert (found["METHOD"], entry["STATUS"], entry["SEQUENCE"]) == ("CANCEL", "CANCELLED", 4)
    assert entry["UID"] == f"{ACTIVITY}@events.atrium"


def test_who_only_waited_has_nothing_to_take_out_of_a_calendar(writer: LetterWriter) -> None:
    about = told(Kind.ACTIVITY_CANCELLED, details={"had_a_place": False})
    kinds = [one.get_content_type() for one in written(writer, about).iter_parts()]
    assert kinds == ["text/plain", "text/html"]


def test_the_same_notice_has_the_same_message_id_and_another_has_another(
    writer: LetterWriter,
) -> None:
    about = told()
    first, again = written(writer, about), written(writer, about)
    assert first["Message-ID"] == again["Message-ID"]
    assert first["Message-ID"] != written(writer, told())["Message-ID"]


def test_what_is_not_known_yet_has_plain_words_instead(writer: LetterWriter) -> None:
    about = Told(notice=a_notice(ends_at=None))
    assert written(writer, about, language="en")["Subject"] == "Booked: a space"
    about = Told(notice=a_notice(Kind.PLACE_CONFIRMED))
    assert written(writer, about, language="zh-CN")["Subject"] == "报名成功：一场活动"


def everywhere(text: str) -> Iterator[tuple[Told, dict[str, Any]]]:
    """Put a text wherever somebody can type one."""
    yield told(), {"family_name": text, "given_name": text}
    space = a_known_space(name_zh=text, name_en=text, code=text, library_en=text, library_zh=text)
    yield Told(notice=a_notice(), space=space), {}
    activity = a_known_activity(title_zh=text, title_en=text, place=text)
    yield Told(notice=a_notice(Kind.PLACE_CONFIRMED), activity=activity), {}


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nothing_typed_changes_the_form_of_a_letter(
    writer: LetterWriter, text: str, language: str
) -> None:
    names = {"From", "To", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted"}
    for about, person in everywhere(text):
        letter = written(writer, about, language=language, **person)
        assert set(letter.keys()) == names | {"MIME-Version", "Content-Type"}
        (recipient,) = letter["To"].addresses
        assert recipient.addr_spec == "xiaoming@example.edu"
        assert "<script>" not in part(letter, "text/html")
        (entry,) = calendar(letter).walk("VEVENT")
        assert entry["ATTENDEE"] == "mailto:xiaoming@example.edu"
        assert calendar(letter).errors == []
        assert not letter.defects


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_a_line_is_one_line_and_loses_no_letter_that_can_be_seen(text: str) -> None:
    line = one_line(text)
    assert line.isprintable()
    kept = [letter for letter in text if letter.isprintable() and not letter.isspace()]
    assert [letter for letter in line if letter != " "] == kept


def test_names_of_both_kinds_keep_their_order(writer: LetterWriter) -> None:
    about = told()
    words = words_of(about, speech_for(about, "en", "UTC"))
    assert words.where == "Group room 301 · R-301 · Chenghu Library"
    named = Told(notice=a_notice(), space=a_known_space(name_en="Reading area A005", code="A005"))
    seat = words_of(named, speech_for(named, "en", "UTC"))
    assert seat.where == "Reading area A005 · Chenghu Library"
    letter = written(
        writer, about, family_name="Okafor", given_name="Chidi", name_order="given_first"
    )
    assert letter["To"].addresses[0].display_name == "Chidi Okafor"

"""Whose no-show the library takes back is told so, though the time itself is over."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest

from gateway.commands.send_mails import Postman
from gateway.domain.account import Account
from shared.contracts.booking import ReservationNoShowVoided
from shared.kernel.clock import SetClock
from tests.gateway.notices.conftest import Ear, booked
from tests.support.mail_server import MailServer
from tests.support.notice_builders import TOMORROW

Admit = Callable[..., Account]
A_DAY_LATER: datetime = TOMORROW + timedelta(days=1)


def taken_back(ear: Ear, clock: SetClock, account: Account, outcome: str) -> None:
    facts = booked(ear, account)
    clock.set(A_DAY_LATER)
    ear.hear(ReservationNoShowVoided(**facts, voided_at=A_DAY_LATER, outcome=outcome))


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return " ".join(part.get_content().split())


@pytest.mark.parametrize(
    "said",
    [
        (
            "en",
            "was_there",
            "No-show taken back: Group room 301",
            "noted that you were there after all",
        ),
        ("en", "excused", "No-show taken back: Group room 301", "has excused you"),
        ("zh-CN", "was_there", "未到记录已撤销：研讨间 301", "确认您当时已到场"),
        ("zh-CN", "excused", "未到记录已撤销：研讨间 301", "已认可您的缺席理由"),
    ],
)
def test_the_person_is_told_in_their_language_after_the_time_is_over(
    *,
    ear: Ear,
    clock: SetClock,
    admit: Admit,
    postman: Postman,
    mail_server: MailServer,
    said: tuple[str, str, str, str],
) -> None:
    language, outcome, subject, lead = said
    taken_back(ear, clock, admit(language=language), outcome)
    postman.go_round()
    [letter] = [letter for _, letter in mail_server.letters]  # "Booked" was too late by then
    assert letter["Subject"] == subject
    assert lead in text_of(letter)
    kinds = [part.get_content_type() for part in letter.walk()]
    assert "text/calendar" not in kinds


def test_it_is_told_once_however_often_it_is_heard(
    ear: Ear, clock: SetClock, admit: Admit, told: Callable[[], list[str]]
) -> None:
    account = admit()
    taken_back(ear, clock, account, "excused")
    facts = booked(ear, account)
    voided = ReservationNoShowVoided(**facts, voided_at=A_DAY_LATER, outcome="excused")
    ear.hear(voided, id=facts["reservation_id"], sequence=50)
    ear.hear(voided, id=facts["reservation_id"], sequence=51)
    assert told().count("no_show_voided") == 2, "one for each booking"

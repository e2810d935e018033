"""A mail server that fails delays mail, or parks it with the reason, and nothing else."""

import smtplib
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from gateway.commands.change_notices import retry_mail
from gateway.commands.send_mails import Postman
from gateway.domain.account import Account
from gateway.domain.errors import MailNotParked
from gateway.domain.mail import GIVES_UP_AFTER, LONGEST_PAUSE, pause_after
from shared.kernel.clock import SetClock
from tests.gateway.notices.conftest import Ear, NewUnit, booked
from tests.support.gateway_builders import NOON
from tests.support.mail_server import MailServer, a_certificate, a_mail_server, free_port
from tests.support.notice_builders import TOMORROW

Admit = Callable[..., Account]
Mails = Callable[[], list[tuple[str, str | None]]]
LATER = timedelta(minutes=31)


def test_a_server_that_is_down_delays_and_the_pauses_grow(
    ear: Ear, admit: Admit, post_office: Callable[..., Postman], clock: SetClock, mails: Mails
) -> None:
    port = free_port()
    postman = post_office(port)
    account = admit()
    for _ in range(3):
        booked(ear, account)
    assert postman.go_round() == 0
    tried = [reason for _, reason in mails() if reason]
    assert len(tried) == 1  # the others were spared the same refusal
    assert "ConnectionRefusedError" in tried[0]
    clock.set(NOON + timedelta(seconds=10))
    assert postman.go_round() == 0  # keeps away
    for minutes in (2, 10, 30):
        clock.set(NOON + timedelta(minutes=minutes))
        postman.go_round()
    with a_mail_server(port=port) as server:
        clock.set(NOON + timedelta(minutes=90))
        assert postman.go_round() == 3
        assert len(server.letters) == 3
    assert [status for status, _ in mails()] == ["sent"] * 3


def test_a_server_that_hangs_is_left_after_the_time_limit(
    ear: Ear, admit: Admit, postman: Postman, mail_server: MailServer, mails: Mails
) -> None:
    booked(ear, admit())
    mail_server.hangs = True
    assert postman.go_round() == 0
    ((status, reason),) = mails()
    assert status == "due"
    assert "imed" in (reason or "")  # timed out, in one of the library's spellings


def test_an_address_the_server_refuses_for_good_is_parked_and_keeps_nobody_from_their_mail(
    ear: Ear, admit: Admit, postman: Postman, mail_server: MailServer, mails: Mails
) -> None:
    gone, there = admit(mail="gone@example.edu"), admit(mail="there@example.edu")
    mail_server.answer_to_recipient["gone@example.edu"] = "550 no such person"
    booked(ear, gone)
    booked(ear, there)
    assert postman.go_round() == 2
    assert mails() == [("parked", "550 no such person"), ("sent", None)]


def test_a_parked_mail_is_sent_when_an_administrator_has_it_tried_again(
    *,
    ear: Ear,
    admit: Admit,
    postman: Postman,
    mail_server: MailServer,
    engine: Engine,
    new_unit: NewUnit,
    clock: SetClock,
) -> None:
    booked(ear, admit(mail="gone@example.edu"))
    mail_server.answer_to_recipient["gone@example.edu"] = "550 no such person"
    postman.go_round()
    mail_server.answer_to_recipient.clear()
    with engine.connect() as connection:
        notice_id = connection.exec_driver_sql("SELECT notice_id FROM mail").scalar_one()
    retry_mail(notice_id, uow=new_unit(), clock=clock)
    assert postman.go_round() == 1
    assert len(mail_server.letters) == 1
    with pytest.raises(MailNotParked):
        retry_mail(notice_id, uow=new_unit(), clock=clock)


def test_a_mail_the_server_does_not_take_now_waits_while_others_go_out(
    *,
    ear: Ear,
    admit: Admit,
    postman: Postman,
    mail_server: MailServer,
    mails: Mails,
    clock: SetClock,
) -> None:
    full = admit(mail="full@example.edu")
    mail_server.answer_to_recipient["full@example.edu"] = "452 mailbox full"
    booked(ear, full)
    booked(ear, admit())
    postman.go_round()
    assert mails() == [("due", "452 mailbox full"), ("sent", None)]
    mail_server.answer_to_recipient.clear()
    clock.set(NOON + timedelta(seconds=5))
    assert postman.go_round() == 0  # its pause is not over
    clock.set(NOON + LATER)
    assert postman.go_round() == 1
    assert mails()[0] == ("sent", None)


def test_pauses_grow_up_to_a_limit_and_differ_by_chance() -> None:
    middle = [pause_after(attempts, 0.5) for attempts in range(1, 12)]
    assert middle == sorted(middle)
    assert (middle[0], middle[-1]) == (timedelta(seconds=30), LONGEST_PAUSE)
    assert pause_after(3, 0.0) < pause_after(3, 1.0) < 2 * pause_after(3, 0.0)


def test_a_mail_that_could_not_be_sent_for_days_is_parked(
    *,
    ear: Ear,
    admit: Admit,
    postman: Postman,
    mail_server: MailServer,
    mails: Mails,
    clock: SetClock,
) -> None:
    next_month = {
        "starts_at": TOMORROW + timedelta(days=30),
        "ends_at": TOMORROW + timedelta(days=30, hours=1),
    }
    booked(ear, admit(mail="full@example.edu"), **next_month)
    mail_server.answer_to_recipient["full@example.edu"] = "452 mailbox full"
    postman.go_round()
    clock.set(NOON + GIVES_UP_AFTER)
    postman.go_round()
    assert mails() == [("parked", "452 mailbox full")]


def test_a_letter_that_cannot_be_written_is_parked_and_keeps_nobody_from_their_mail(
    ear: Ear, admit: Admit, postman: Postman, mails: Mails
) -> None:
    booked(ear, admit(mail="a,b,c@@example.edu"))
    booked(ear, admit())
    postman.go_round()
    (first, reason), second = mails()
    assert (first, second) == ("parked", ("sent", None))
    assert (reason or "").startswith("cannot be written")


def test_a_letter_that_cannot_be_put_into_bytes_is_parked_and_keeps_nobody_from_their_mail(
    ear: Ear, admit: Admit, postman: Postman, mails: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = smtplib.SMTP.send_message

    def cannot_write_the_first(self: smtplib.SMTP, letter: EmailMessage, *where: Any) -> Any:
        if "odd@example.edu" in where[1]:
            "\ud83d".encode()
        return send(self, letter, *where)

    monkeypatch.setattr(smtplib.SMTP, "send_message", cannot_write_the_first)
    booked(ear, admit(mail="odd@example.edu"))
    booked(ear, admit())
    postman.go_round()
    (first, reason), second = mails()
    assert (first, second) == ("parked", ("sent", None))
    assert "surrogates not allowed" in (reason or "")


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"password": "wrong"}, "535"), ({"ca_file": ""}, "CERTIFICATE_VERIFY_FAILED")],
    ids=["a wrong password", "a certificate nobody vouches for"],
)
def test_trouble_with_our_own_sign_in_parks_nobodys_mail(
    *,
    ear: Ear,
    admit: Admit,
    post_office: Callable[..., Postman],
    tmp_path: Path,
    mails: Mails,
    changed: dict[str, str],
    told: str,
) -> None:
    context, trusted = a_certificate(tmp_path)
    login = {"user": "atrium", "password": "right", "ca_file": str(trusted)} | changed
    with a_mail_server(tls_context=context, require_starttls=True, with_sign_in=True) as server:
        booked(ear, admit())
        post_office(server.port, security="starttls", **login).go_round()
    ((status, reason),) = mails()
    assert status == "due"
    assert told in (reason or "")


def test_a_server_that_does_not_encrypt_parks_nobodys_mail(
    *, ear: Ear, admit: Admit, post_office: Callable[..., Postman], mails: Mails
) -> None:
    """The settings do not fit the server: every letter waits until somebody mends them."""
    with a_mail_server() as server:
        booked(ear, admit())
        post_office(server.port, security="starttls").go_round()
    ((status, reason),) = mails()
    assert status == "due"
    assert "STARTTLS" in (reason or "")


def test_a_name_one_cannot_sign_in_with_parks_nobodys_mail(
    *, ear: Ear, admit: Admit, post_office: Callable[..., Postman], tmp_path: Path, mails: Mails
) -> None:
    context, trusted = a_certificate(tmp_path)
    login = {"user": "借阅台", "password": "right", "ca_file": str(trusted)}
    with a_mail_server(tls_context=context, require_starttls=True, with_sign_in=True) as server:
        booked(ear, admit())
        post_office(server.port, security="starttls", **login).go_round()
    ((status, reason),) = mails()
    assert status == "due"
    assert "UnicodeEncodeError" in (reason or "")

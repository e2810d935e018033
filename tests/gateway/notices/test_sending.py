"""Mail goes out through a real SMTP server: once, or later, or parked with the reason."""

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gateway.commands.change_notices import choose_mail
from gateway.commands.send_mails import Postman
from gateway.domain.account import Account
from gateway.domain.notice import Topic
from gateway.persistence import mails as mail_rows
from gateway.persistence.unit_of_work import GatewayUnitOfWork
from shared.contracts import booking, events
from shared.kernel.clock import SetClock
from tests.gateway.notices.conftest import LIBRARY_ADDRESS, Ear, NewUnit, booked
from tests.support.gateway_builders import NOON
from tests.support.mail_server import MailServer, a_certificate, a_mail_server
from tests.support.notice_builders import TOMORROW, a_reservation, a_sign_up

Admit = Callable[..., Account]
Mails = Callable[[], list[tuple[str, str | None]]]
LATER = timedelta(minutes=31)


def test_a_booking_reaches_its_holder_as_one_mail(
    ear: Ear, admit: Admit, postman: Postman, mail_server: MailServer, mails: Mails
) -> None:
    account = admit()
    booked(ear, account)
    assert [postman.go_round(), postman.go_round()] == [1, 0]
    assert mails() == [("sent", None)]
    ((recipient, letter),) = mail_server.letters
    assert recipient == account.mail
    assert letter["From"].addresses[0].addr_spec == LIBRARY_ADDRESS
    assert letter["Subject"] == "Booked: Group room 301"


def test_a_round_uses_one_connection(
    ear: Ear, admit: Admit, postman: Postman, mail_server: MailServer
) -> None:
    account = admit()
    for _ in range(5):
        booked(ear, account)
    assert postman.go_round() == 5
    assert (len(mail_server.letters), mail_server.connections) == (5, 1)


def test_two_postmen_at_once_send_every_mail_once(
    ear: Ear, admit: Admit, post_office: Callable[..., Postman], mail_server: MailServer
) -> None:
    account = admit()
    for _ in range(30):
        booked(ear, account)
    send_together(post_office, mail_server)
    assert len(message_ids(mail_server)) == 30
    assert len(set(message_ids(mail_server))) == 30


def test_the_control_without_the_claim_two_postmen_send_some_mail_twice(
    ear: Ear,
    admit: Admit,
    post_office: Callable[..., Postman],
    mail_server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """SKIP LOCKED under a row lock is what guards; without the lock mails go out twice."""
    account = admit()
    for _ in range(30):
        booked(ear, account)
    monkeypatch.setattr(
        mail_rows.told_query(mail_rows.table).__class__, "with_for_update", lambda self, **_: self
    )
    send_together(post_office, mail_server)
    assert len(message_ids(mail_server)) > 30


def send_together(post_office: Callable[..., Postman], mail_server: MailServer) -> None:
    postmen = [post_office(mail_server.port, timeout_seconds=20) for _ in range(2)]
    both = threading.Barrier(2)

    def rounds(postman: Postman) -> None:
        both.wait()
        while postman.go_round():
            pass

    threads = [threading.Thread(target=rounds, args=(postman,)) for postman in postmen]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def message_ids(mail_server: MailServer) -> list[str]:
    return [letter["Message-ID"] for _, letter in mail_server.letters]


def test_who_dies_between_the_servers_yes_and_the_commit_sends_the_same_mail_again(
    *,
    ear: Ear,
    admit: Admit,
    postman: Postman,
    mail_server: MailServer,
    mails: Mails,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The one window that cannot be closed; the Message-ID lets mail programs show one mail."""
    booked(ear, admit())
    with monkeypatch.context() as patched:
        patched.setattr(GatewayUnitOfWork, "commit", _die)
        with pytest.raises(KeyboardInterrupt):
            postman.go_round()
    assert mails() == [("due", None)]
    postman.go_round()
    assert mails() == [("sent", None)]
    first, second = message_ids(mail_server)
    assert first == second


def _die(_self: GatewayUnitOfWork) -> None:
    raise KeyboardInterrupt


def test_nothing_is_sent_twice_when_death_comes_before_the_servers_yes(
    ear: Ear, admit: Admit, postman: Postman, mail_server: MailServer, mails: Mails
) -> None:
    booked(ear, admit())
    mail_server.answer_to_data = "451 try again later"
    postman.go_round()
    assert (mails()[0][0], mail_server.letters) == ("due", [])


def test_what_is_out_of_date_when_its_turn_comes_is_not_sent(
    *,
    ear: Ear,
    admit: Admit,
    postman: Postman,
    mail_server: MailServer,
    mails: Mails,
    clock: SetClock,
) -> None:
    account = admit()
    facts = booked(ear, account)
    ear.hear(booking.ReservationCancelled(**facts, calendar_sequence=1))
    offered = a_sign_up(patron_id=account.patron_id)
    ear.hear(events.PlaceOffered(**offered, offer_expires_at=NOON + timedelta(minutes=5)))
    clock.set(NOON + timedelta(minutes=5))
    postman.go_round()
    assert mails() == [("dropped", "overtaken"), ("sent", None), ("dropped", "offer_lapsed")]
    assert [letter["Subject"] for _, letter in mail_server.letters] == [
        "Booking cancelled: Group room 301"
    ]


def test_nothing_is_sent_about_what_is_over(
    ear: Ear, admit: Admit, postman: Postman, mails: Mails, clock: SetClock
) -> None:
    booked(ear, admit())
    clock.set(TOMORROW + timedelta(hours=2))
    postman.go_round()
    assert mails() == [("dropped", "over")]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [({"mail": None}, "no_address"), ({"active": False}, "no_account")],
)
def test_who_cannot_be_written_to_gets_no_mail(
    *, ear: Ear, admit: Admit, postman: Postman, mails: Mails, changed: dict[str, Any], reason: str
) -> None:
    booked(ear, admit(**changed))
    postman.go_round()
    assert mails() == [("dropped", reason)]


def test_a_stranger_to_the_gateway_gets_no_mail(ear: Ear, postman: Postman, mails: Mails) -> None:
    ear.hear(booking.ReservationConfirmed(**a_reservation()))
    postman.go_round()
    assert mails() == [("dropped", "no_account")]


def test_mail_that_was_turned_off_is_not_sent_and_other_mail_is(
    *,
    ear: Ear,
    admit: Admit,
    postman: Postman,
    mail_server: MailServer,
    mails: Mails,
    new_unit: NewUnit,
) -> None:
    account = admit()
    choose_mail(account.patron_id, {Topic.BOOKINGS: False}, uow=new_unit())
    booked(ear, account)
    ear.hear(events.RegistrationConfirmed(**a_sign_up(patron_id=account.patron_id)))
    postman.go_round()
    assert mails() == [("dropped", "not_wanted"), ("sent", None)]
    assert len(mail_server.letters) == 1


def test_the_password_travels_only_under_encryption(
    ear: Ear, admit: Admit, post_office: Callable[..., Postman], tmp_path: Path, mails: Mails
) -> None:
    context, trusted = a_certificate(tmp_path)
    login = {"user": "atrium", "password": "right", "ca_file": str(trusted)}
    with a_mail_server(tls_context=context, require_starttls=True, with_sign_in=True) as server:
        booked(ear, admit())
        post_office(server.port, security="starttls", **login).go_round()
        assert (server.was_encrypted, server.signed_in) == ([True], ["atrium"])
    with a_mail_server(implicit_tls=context) as server:
        booked(ear, admit())
        post_office(server.port, security="tls", ca_file=str(trusted)).go_round()
        assert server.was_encrypted == [True]
    assert [status for status, _ in mails()] == ["sent", "sent"]

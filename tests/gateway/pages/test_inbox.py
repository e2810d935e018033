"""The page of notices: what one was told, unread ones counted everywhere, nobody else's."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from gateway.domain.account import Account
from gateway.domain.notice import Kind, Topic
from gateway.parts import Parts
from gateway.queries.notices import mail_choices
from tests.support.gateway_pages import form_token, sign_in
from tests.support.notice_builders import a_known_activity, a_known_space, a_notice

NewAccount = Callable[..., Account]


@pytest.fixture
def account(client: FlaskClient, new_account: NewAccount) -> Account:
    made = new_account("xiaoming")
    sign_in(client)
    return made


def tell(parts: Parts, account: Account, *kinds: Kind, **changed: Any) -> list[str]:
    notices = [a_notice(kind, patron_id=account.patron_id, **changed) for kind in kinds]
    with parts.notice_uow() as uow:
        uow.places.learn_space(a_known_space())
        uow.places.learn_activity(a_known_activity())
        uow.notices.add(notices, by_mail=False)
        uow.commit()
    return [str(one.id) for one in notices]


def page(client: FlaskClient, path: str = "/inbox") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def send(client: FlaskClient, path: str, **fields: Any) -> None:
    token = form_token(client.get("/inbox"))
    answer = client.post(path, data={**fields, "csrf_token": token})
    assert answer.status_code == 302


def test_a_stranger_is_asked_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/inbox").location == "/sign-in?next=/inbox"


def test_nothing_yet_is_said_so(client: FlaskClient, account: Account) -> None:
    del account
    assert "Nothing yet." in page(client)


def test_notices_are_read_on_the_page_without_any_mail(
    client: FlaskClient, account: Account, parts: Parts
) -> None:
    tell(parts, account, Kind.BOOKING_CONFIRMED, Kind.PLACE_CONFIRMED)
    shown = page(client)
    assert "Booked: Group room 301" in shown
    assert "You have a place: An evening of Song poems" in shown
    assert "Wed, Nov 25, 2026 22:00–24:00" in shown


def test_unread_ones_are_counted_on_every_page_until_they_are_read(
    client: FlaskClient, account: Account, parts: Parts
) -> None:
    first, _second = tell(parts, account, Kind.BOOKING_CONFIRMED, Kind.BOOKING_CANCELLED)
    assert '2<span class="hidden"> unread notices' in page(client, "/settings")
    send(client, "/inbox/read", notice_id=first)
    assert '1<span class="hidden"> unread notices' in page(client, "/settings")
    send(client, "/inbox/read")
    assert "unread notices" not in page(client, "/settings")


def test_nobody_sees_or_reads_what_another_was_told(
    client: FlaskClient, account: Account, parts: Parts, new_account: NewAccount
) -> None:
    other = new_account("other", number=None)
    (theirs,) = tell(parts, other, Kind.BOOKING_CONFIRMED)
    assert "Nothing yet." in page(client)
    send(client, "/inbox/read", notice_id=theirs)
    send(client, "/inbox/read")
    with parts.notice_uow() as uow:
        assert uow.notices.mark_read(other.patron_id, None, parts.clock.now()) == 1
    del account


def test_earlier_notices_are_on_further_pages(
    client: FlaskClient, account: Account, parts: Parts
) -> None:
    ids = tell(parts, account, *[Kind.BOOKING_CONFIRMED] * 25)
    first = page(client)
    assert first.count("<article") == 20
    assert page(client, f"/inbox?before={ids[5]}").count("<article") == 5
    assert page(client, "/inbox?before=nonsense").count("<article") == 20


def test_mail_is_chosen_on_the_settings_page(
    client: FlaskClient, account: Account, parts: Parts
) -> None:
    assert page(client, "/settings").count(" checked> ") >= 4
    send(client, "/inbox/mail", topic=["bookings", "reminders"])
    chosen = mail_choices(parts.engine, account.patron_id)
    assert [topic for topic, wanted in chosen.items() if wanted] == [
        Topic.BOOKINGS,
        Topic.REMINDERS,
    ]

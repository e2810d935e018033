"""Passwords by page: one changes one's own, an administrator gives somebody a first one."""

from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gateway.parts import Parts
from tests.gateway.conftest import NewAccount
from tests.support.gateway_builders import PASSWORD
from tests.support.gateway_pages import form_token, sign_in

ANOTHER = "another long password"


def change(client: FlaskClient, present: str, wanted: str = ANOTHER) -> TestResponse:
    token = form_token(client.get("/settings"))
    data = {"csrf_token": token, "present_password": present, "password": wanted}
    return client.post("/settings/password", data=data, follow_redirects=True)


def text(answer: TestResponse) -> str:
    return unescape(answer.get_data(as_text=True))


def test_whoever_changes_their_password_stays_signed_in_here_and_nowhere_else(
    client: FlaskClient, new_account: NewAccount
) -> None:
    new_account()
    elsewhere = client.application.test_client()
    for browser in (client, elsewhere):
        sign_in(browser)
    assert "you are signed out" in text(change(client, PASSWORD))
    assert "王小明" in text(client.get("/settings"))
    assert "王小明" not in text(elsewhere.get("/settings"))
    assert sign_in(elsewhere, password=PASSWORD).status_code == 422
    assert sign_in(elsewhere, password=ANOTHER).status_code == 302


def test_a_wrong_present_password_is_refused_beside_the_form_and_slowed_down(
    client: FlaskClient, new_account: NewAccount
) -> None:
    new_account(language="zh-CN")
    sign_in(client)
    answers = [change(client, "a guess") for _ in range(7)]
    assert (answers[0].status_code, "当前密码不正确" in text(answers[0])) == (422, True)
    assert (answers[6].status_code, "失败次数过多" in text(answers[6])) == (429, True)
    assert "a guess" not in text(answers[0])


def test_a_new_password_that_is_too_short_is_refused_beside_the_form(
    client: FlaskClient, new_account: NewAccount
) -> None:
    new_account()
    sign_in(client)
    assert "at least 10 characters" in text(change(client, PASSWORD, "short"))


def test_nothing_is_offered_where_passwords_here_are_switched_off(
    client: FlaskClient, new_account: NewAccount, parts: Parts
) -> None:
    person = new_account("xiaoming")
    new_account("chief", "admin")
    sign_in(client, login="chief")
    pages = ("/settings", f"/admin/people/{person.patron_id}")
    assert all('type="password"' in text(client.get(page)) for page in pages)
    with parts.uow() as uow:
        uow.sign_in_providers.allow_local(False, 2)  # noqa: FBT003 the port's own order
        uow.commit()
    assert not any('type="password"' in text(client.get(page)) for page in pages)


@pytest.mark.parametrize("before", [PASSWORD, None], ids=["forgotten", "none so far"])
def test_an_administrator_gives_a_person_a_password_and_never_themselves(
    before: str | None, client: FlaskClient, new_account: NewAccount
) -> None:
    person = new_account("xiaoming", password=before)
    chief = new_account("chief", "admin")
    sign_in(client, login="chief")
    address = f"/admin/people/{person.patron_id}"
    token = form_token(client.get(address))
    short = client.post(f"{address}/password", data={"csrf_token": token, "password": "short"})
    assert (short.status_code, "at least 10 characters" in text(short)) == (422, True)
    data = {"csrf_token": token, "password": ANOTHER}
    done = client.post(f"{address}/password", data=data, follow_redirects=True)
    assert "The password is set" in text(done)
    assert sign_in(client.application.test_client(), password=ANOTHER).status_code == 302
    assert 'type="password"' not in text(client.get(f"/admin/people/{chief.patron_id}"))

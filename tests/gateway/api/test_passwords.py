"""Passwords over HTTP: one's own by the present one, somebody's by an administrator."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gateway.parts import Parts
from tests.gateway.conftest import NewAccount
from tests.support.gateway_builders import PASSWORD
from tests.support.gateway_pages import sign_in

API = "/api/gateway/v1"
ANOTHER = "another long password"
Header = dict[str, str]


def own(client: FlaskClient, header: Header, present: str, wanted: str = ANOTHER) -> TestResponse:
    body = {"present_password": present, "password": wanted}
    return client.put(f"{API}/me/password", json=body, headers=header)


def token(client: FlaskClient, **body: str) -> TestResponse:
    return client.post(f"{API}/tokens", json=body)


def test_who_knows_the_present_password_has_another_and_every_browser_is_signed_out(
    client: FlaskClient, bearer: Callable[..., Header]
) -> None:
    header = bearer(login="xiaoming")
    browser = client.application.test_client()
    sign_in(browser)
    assert own(client, header, PASSWORD).status_code == 204
    assert "王小明" not in browser.get("/nowhere").get_data(as_text=True)
    assert token(client, login="xiaoming", password=PASSWORD).status_code == 401
    assert token(client, login="xiaoming", password=ANOTHER).status_code == 200


def test_who_guesses_at_the_present_password_must_wait_as_at_the_sign_in(
    client: FlaskClient, bearer: Callable[..., Header]
) -> None:
    header = bearer(login="xiaoming")
    answers = [own(client, header, "a guess") for _ in range(7)]
    codes = [answer.get_json()["code"] for answer in answers]
    assert codes[:6] == ["present_password_wrong"] * 6
    assert (answers[6].status_code, codes[6]) == (429, "too_many_attempts")
    assert int(answers[6].headers["Retry-After"]) > 0
    assert own(client, header, PASSWORD).status_code == 429


@pytest.mark.parametrize(
    ("wanted", "reason"), [("short", "password_too_short"), ("xiaoming-is-me", "password_is_login")]
)
def test_a_password_that_will_not_do_is_named(
    wanted: str, reason: str, client: FlaskClient, bearer: Callable[..., Header]
) -> None:
    header = bearer(login="xiaoming-is-me")
    answer = own(client, header, PASSWORD, wanted)
    assert [one["code"] for one in answer.get_json()["violations"]] == [reason]
    assert token(client, login="xiaoming-is-me", password=PASSWORD).status_code == 200


def test_an_administrator_gives_a_first_password_to_who_came_by_a_file(
    client: FlaskClient, bearer: Callable[..., Header], new_account: NewAccount, parts: Parts
) -> None:
    person = new_account("xiaoming", "staff", password=None, libraries=frozenset({UUID(int=1)}))
    address = f"{API}/accounts/{person.patron_id}"
    admin = bearer("admin", login="chief")
    before = client.get(address, headers=admin).get_json()
    assert (
        client.put(f"{address}/password", json={"password": ANOTHER}, headers=admin).status_code
        == 204
    )
    assert token(client, login="xiaoming", password=ANOTHER).status_code == 200
    after = client.get(address, headers=admin).get_json()
    assert {**before, "version": None} == {**after, "version": None}
    with parts.engine.connect() as connection:
        told = connection.exec_driver_sql("SELECT data::text FROM outbox").scalars().all()
    assert all("password" not in one for one in told)


def test_administrators_do_not_reset_their_own(
    client: FlaskClient, bearer: Callable[..., Header]
) -> None:
    admin = bearer("admin", login="chief")
    me = client.get(f"{API}/me", headers=admin).get_json()["patron_id"]
    answer = client.put(f"{API}/accounts/{me}/password", json={"password": ANOTHER}, headers=admin)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "own_password_not_reset")


def test_a_token_with_scopes_changes_no_password_whatever_its_scopes(
    client: FlaskClient, bearer: Callable[..., Header], new_account: NewAccount
) -> None:
    bearer("admin", login="chief")
    scoped = token(client, login="chief", password=PASSWORD, scope="gateway:read gateway:write")
    header = {"Authorization": f"Bearer {scoped.get_json()['access_token']}"}
    somebody = f"{API}/accounts/{new_account('xiaoming').patron_id}/password"
    reset = client.put(somebody, json={"password": ANOTHER}, headers=header)
    for answer in (own(client, header, PASSWORD), reset):
        assert (answer.status_code, answer.get_json()["code"]) == (
            403,
            "passwords_not_for_programs",
        )


def test_where_passwords_are_switched_off_none_is_changed(
    client: FlaskClient, bearer: Callable[..., Header], new_account: NewAccount, parts: Parts
) -> None:
    header = bearer("admin", login="chief")
    somebody = f"{API}/accounts/{new_account('xiaoming').patron_id}/password"
    with parts.uow() as uow:
        uow.sign_in_providers.allow_local(False, 2)  # noqa: FBT003 the port's own order
        uow.commit()
    reset = client.put(somebody, json={"password": ANOTHER}, headers=header)
    for answer in (own(client, header, PASSWORD), reset):
        assert (answer.status_code, answer.get_json()["code"]) == (403, "local_sign_in_off")


def test_no_password_stands_in_the_log(
    client: FlaskClient, bearer: Callable[..., Header], capfd: pytest.CaptureFixture[str]
) -> None:
    header = bearer("admin", login="chief")
    own(client, header, "a guess nobody reads")
    own(client, header, PASSWORD, "tiny-1")
    own(client, header, PASSWORD)
    logged = "".join(capfd.readouterr())
    assert "/me/password" in logged
    assert not any(one in logged for one in (PASSWORD, ANOTHER, "tiny-1", "nobody reads"))

"""Signing in and out in a browser: cookies, rotation, lifetimes, forms that cannot be forged."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gateway.domain.session import secret_hash
from gateway.parts import Parts
from shared.kernel.clock import SetClock
from tests.gateway.conftest import NewAccount
from tests.support.gateway_builders import NOON, PASSWORD
from tests.support.gateway_pages import form_token, sign_in


def session_cookie(client: FlaskClient) -> str | None:
    cookie = client.get_cookie("atrium_session")
    return None if cookie is None else cookie.value


def name_shown(answer: TestResponse) -> bool:
    return "王小明" in answer.get_data(as_text=True)


def test_whoever_signs_in_comes_back_to_where_they_wanted_to_go(
    client: FlaskClient, new_account: NewAccount
) -> None:
    new_account()
    asked = client.get("/my-bookings?when=past")
    assert asked.status_code == 302
    form = client.get(asked.location)
    answer = client.post(
        "/sign-in",
        data={
            "csrf_token": form_token(form),
            "login": "xiaoming",
            "password": PASSWORD,
            "next": re.findall(r'name="next" value="([^"]*)"', form.get_data(as_text=True))[-1],
        },
    )
    assert (answer.status_code, answer.location) == (302, "/my-bookings?when=past")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:1",
    ],
)
def test_nobody_is_sent_to_another_site(
    target: str, client: FlaskClient, new_account: NewAccount
) -> None:
    new_account()
    assert sign_in(client, next=target).location == "/"


def test_the_cookie_is_opaque_and_out_of_reach_of_scripts(
    client: FlaskClient, new_account: NewAccount, parts: Parts
) -> None:
    new_account()
    headers = [
        header
        for header in sign_in(client).headers.getlist("Set-Cookie")
        if header.startswith("atrium_session=")
    ]
    assert len(headers) == 1
    assert "HttpOnly" in headers[0]
    assert "SameSite=Lax" in headers[0]
    secret = session_cookie(client)
    assert secret is not None
    with parts.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT token_hash FROM session").scalar_one()
    assert kept == secret_hash(secret)


def test_signing_in_again_kills_the_session_before(
    client: FlaskClient, new_account: NewAccount
) -> None:
    new_account()
    sign_in(client)
    first = session_cookie(client)
    token = form_token(client.get("/whats-on-nowhere"))
    client.post("/sign-in", data={"csrf_token": token, "login": "xiaoming", "password": PASSWORD})
    assert session_cookie(client) != first
    client.set_cookie("atrium_session", first or "")
    assert not name_shown(client.get("/sign-in"))


def test_signing_out_makes_the_cookie_worthless(
    client: FlaskClient, new_account: NewAccount
) -> None:
    new_account()
    sign_in(client)
    secret = session_cookie(client)
    page = client.get("/nowhere")
    assert name_shown(page)
    client.post("/sign-out", data={"csrf_token": form_token(page)})
    assert session_cookie(client) is None
    client.set_cookie("atrium_session", secret or "")
    assert not name_shown(client.get("/nowhere"))


@pytest.mark.parametrize("cookie", ["", "x", "x" * 3000, "\u00e9", "atr_something"])
def test_an_invented_cookie_is_nobodys(cookie: str, client: FlaskClient) -> None:
    client.set_cookie("atrium_session", cookie)
    assert client.get("/sign-in").status_code == 200


def test_a_session_ends_when_it_is_not_used(
    client: FlaskClient, new_account: NewAccount, clock: SetClock
) -> None:
    new_account()
    sign_in(client)
    clock.set(NOON + timedelta(hours=11))
    assert name_shown(client.get("/nowhere"))
    clock.set(NOON + timedelta(hours=22))
    assert name_shown(client.get("/nowhere"))
    clock.set(NOON + timedelta(hours=34, minutes=1))
    assert not name_shown(client.get("/nowhere"))


def test_a_session_ends_after_a_week_however_much_it_is_used(
    client: FlaskClient, new_account: NewAccount, clock: SetClock
) -> None:
    new_account()
    sign_in(client)
    for hours in range(0, 7 * 24, 6):
        clock.set(NOON + timedelta(hours=hours))
        assert name_shown(client.get("/nowhere"))
    clock.set(NOON + timedelta(days=7))
    assert not name_shown(client.get("/nowhere"))


def test_an_account_that_is_closed_loses_its_sessions_at_once(
    client: FlaskClient, new_account: NewAccount, parts: Parts
) -> None:
    new_account()
    sign_in(client)
    with parts.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE account SET active = false")
    assert not name_shown(client.get("/nowhere"))


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/language"])
def test_a_form_of_another_site_is_refused(path: str, client: FlaskClient) -> None:
    answer = client.post(path, data={"login": "xiaoming", "password": PASSWORD, "language": "en"})
    assert answer.status_code == 400
    assert "form" in answer.get_data(as_text=True)


def test_a_form_from_before_signing_in_is_worth_nothing_after(
    client: FlaskClient, new_account: NewAccount
) -> None:
    new_account()
    old = form_token(client.get("/sign-in"))
    sign_in(client)
    assert client.post("/sign-out", data={"csrf_token": old}).status_code == 400


def test_a_wrong_password_and_a_stranger_see_the_same_page(
    client: FlaskClient, new_account: NewAccount
) -> None:
    new_account()
    pages = []
    for login in ("xiaoming", "somebody"):
        answer = sign_in(client, login=login, password="wrong password")
        assert answer.status_code == 422
        page = re.sub(r'value="[^"]*"', "", answer.get_data(as_text=True))
        pages.append(page)
    assert pages[0] == pages[1]


def test_who_guesses_sees_how_long_to_wait(client: FlaskClient, new_account: NewAccount) -> None:
    new_account()
    answers = [sign_in(client, password="wrong password") for _ in range(7)]
    assert answers[-1].status_code == 429
    assert "16 seconds" in answers[-1].get_data(as_text=True)


def test_the_language_is_remembered_before_and_after_signing_in(
    client: FlaskClient, new_account: NewAccount
) -> None:
    new_account(language="en")
    page = client.get("/sign-in", headers={"Accept-Language": "en"})
    assert '<html lang="en">' in page.get_data(as_text=True)
    data = {"csrf_token": form_token(page), "language": "zh-CN", "next": "/sign-in"}
    assert client.post("/language", data=data).location == "/sign-in"
    page = client.get("/sign-in", headers={"Accept-Language": "en"})
    assert '<html lang="zh-CN">' in page.get_data(as_text=True)
    sign_in(client)
    page = client.get("/nowhere")
    assert '<html lang="en">' in page.get_data(as_text=True)
    data = {"csrf_token": form_token(page), "language": "zh-CN", "next": "/"}
    client.post("/language", data=data)
    assert '<html lang="zh-CN">' in client.get("/nowhere").get_data(as_text=True)


def test_pages_allow_no_script_and_no_frame(client: FlaskClient) -> None:
    headers = client.get("/sign-in").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_an_error_is_a_page_for_people_and_a_problem_for_programs(client: FlaskClient) -> None:
    assert client.get("/nowhere").mimetype == "text/html"
    assert client.get("/api/gateway/v1/nowhere").mimetype == "application/problem+json"
    assert client.put("/sign-in").status_code == 405


def test_a_service_that_does_not_answer_is_said_plainly(client: FlaskClient) -> None:
    answer = client.get("/whats-on", headers={"Accept-Language": "en"})
    assert answer.status_code == 503
    assert "not available just now" in answer.get_data(as_text=True)

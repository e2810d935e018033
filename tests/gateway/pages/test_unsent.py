"""A form that came too late loses nobody's words, and does nothing by itself."""

from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.gateway_builders import PASSWORD
from tests.support.gateway_house import House, Visitor
from tests.support.gateway_pages import form_token
from tests.support.platform_campus import PlatformCampus

PAGE = "/suggestions/new"
OURS = {"Origin": "http://localhost", "Referer": f"http://localhost{PAGE}"}
KEPT = {
    "en": "You have been signed out meanwhile, so nothing was done.",
    "zh-CN": "您的登录已过期，因此没有执行任何操作。",
}
SEND = {"en": "Send it now", "zh-CN": "现在提交"}
WORDS = 'Plants & "light"\r\nfor <all>'


def written(campus: PlatformCampus, token: str) -> dict[str, str]:
    return {
        "csrf_token": token,
        "idempotency_key": "the-key-of-the-form",
        "library_id": campus.library_id,
        "space_kind": "learning",
        "title": "More plants upstairs",
        "body": WORDS,
    }


def lose_session(browser: FlaskClient) -> None:
    """Let the session end as time ends it: the form's own cookie is still there."""
    browser.delete_cookie("atrium_session")


def hidden(page: str, action: str) -> dict[str, str]:
    """Return the hidden fields of the form that goes to an address."""
    form = page.split(f'action="{action}"', 1)[1].split("</form>", 1)[0]
    fields = [one.split(">", 1)[0] for one in form.split("<input ")[1:]]
    return {
        field.split('name="')[1].split('"')[0]: unescape(field.split('value="')[1].split('"')[0])
        for field in fields
        if 'type="hidden"' in field
    }


def sent_too_late(visitor: Visitor, campus: PlatformCampus, **headers: str) -> TestResponse:
    token = form_token(visitor.browser.get(PAGE))
    lose_session(visitor.browser)
    return visitor.browser.post(PAGE, data=written(campus, token), headers=headers)


def sign_in_carrying(visitor: Visitor, asked: TestResponse, password: str) -> TestResponse:
    fields = hidden(asked.get_data(as_text=True), "/sign-in")
    who = {"login": visitor.account.login, "password": password}
    return visitor.browser.post("/sign-in", data={**fields, **who}, headers=OURS)


@pytest.mark.usefixtures("campus_told")
@pytest.mark.parametrize("language", KEPT)
def test_who_was_signed_out_while_writing_signs_in_and_sends_the_same_words(
    house: House, campus: PlatformCampus, language: str
) -> None:
    writer = house.person(language=language)
    spoken = {"Accept-Language": language}
    asked = sent_too_late(writer, campus, **OURS, **spoken)
    page = asked.get_data(as_text=True)
    assert asked.status_code == 403
    assert KEPT[language] in page
    assert "for &lt;all&gt;" in page
    wrong = sign_in_carrying(writer, asked, "not the password")
    assert wrong.status_code == 422
    signed_in = sign_in_carrying(writer, wrong, PASSWORD)
    again = signed_in.get_data(as_text=True)
    assert signed_in.status_code == 200
    assert SEND[language] in again
    assert PASSWORD not in again
    assert writer.get("/api/engagement/v1/suggestions")["items"] == [], "nothing is sent by itself"
    made = writer.browser.post(PAGE, data=hidden(again, PAGE), headers=OURS)
    assert made.status_code == 302
    (kept,) = writer.get("/api/engagement/v1/suggestions")["items"]
    assert kept["title"] == "More plants upstairs"
    assert kept["body"].splitlines() == WORDS.splitlines()


@pytest.mark.usefixtures("campus_told")
def test_who_signed_in_beside_it_goes_on_and_sends(house: House, campus: PlatformCampus) -> None:
    writer = house.person()
    asked = sent_too_late(writer, campus, **OURS)
    carried = {**hidden(asked.get_data(as_text=True), "/sign-in"), "csrf_token": "of before"}
    carried.pop("next")
    writer.send("/sign-in", "/sign-in", login=writer.account.login, password=PASSWORD)
    going_on = writer.browser.post("/unsent", data=carried, headers=OURS)
    made = writer.browser.post(
        PAGE, data=hidden(going_on.get_data(as_text=True), PAGE), headers=OURS
    )
    assert made.status_code == 302


@pytest.mark.usefixtures("campus_told")
def test_a_form_from_before_signing_in_again_is_shown_to_be_sent(
    house: House, campus: PlatformCampus
) -> None:
    writer = house.person()
    late = writer.browser.post(PAGE, data=written(campus, "of before"), headers=OURS)
    page = late.get_data(as_text=True)
    assert late.status_code == 400
    assert SEND["en"] in page
    assert writer.browser.post(PAGE, data=hidden(page, PAGE), headers=OURS).status_code == 302


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", [PAGE, "/unsent"])
def test_the_words_of_another_site_are_never_offered_to_be_sent(
    house: House, campus: PlatformCampus, headers: dict[str, str], path: str
) -> None:
    data = {**written(campus, "forged"), "unsent.action": PAGE, "unsent.field.title": "Forged"}
    answer = house.person().browser.post(path, data=data, headers=headers)
    assert answer.status_code == 400
    assert "unsent.action" not in answer.get_data(as_text=True)
    assert SEND["en"] not in answer.get_data(as_text=True)


def test_passwords_are_never_kept_and_what_lacks_them_is_not_sent(house: House) -> None:
    chief = house.person("admin")
    typed = {"csrf_token": "of before", "login": "newcomer", "password": "let me in 12345"}
    page = chief.browser.post("/admin/people/new", data=typed, headers=OURS).get_data(as_text=True)
    assert "newcomer" in page
    assert "let me in" not in page
    assert SEND["en"] not in page


def test_what_is_longer_than_can_be_kept_is_refused_plainly(
    house: House, campus: PlatformCampus
) -> None:
    long = {**written(campus, "of before"), "body": "x" * 100_001}
    answer = house.person().browser.post(PAGE, data=long, headers=OURS)
    assert answer.status_code == 400
    assert "xxxx" not in answer.get_data(as_text=True)
    assert f'href="{PAGE}"' in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "action", ["//evil.example", "https://evil.example/", "/sign-in", "/api/x", "/nowhere", "/find"]
)
@pytest.mark.usefixtures("campus")
def test_nothing_is_carried_to_where_no_form_of_ours_goes(house: House, action: str) -> None:
    reader = house.person()
    token = form_token(reader.browser.get(PAGE))
    data = {"csrf_token": token, "unsent.action": action, "unsent.field.x": "y"}
    answer = reader.browser.post("/unsent", data=data, headers=OURS)
    assert answer.status_code == 400
    assert SEND["en"] not in answer.get_data(as_text=True)


@pytest.mark.usefixtures("campus_told")
def test_a_service_that_does_not_answer_loses_no_words(
    house: House, campus: PlatformCampus
) -> None:
    writer = house.person()
    token = form_token(writer.browser.get(PAGE))
    house.closed.add("engagement")
    away = writer.browser.post(PAGE, data=written(campus, token), headers=OURS)
    page = away.get_data(as_text=True)
    assert away.status_code == 503
    house.closed.clear()
    fields = hidden(page, PAGE)
    assert fields["idempotency_key"] == "the-key-of-the-form"
    assert writer.browser.post(PAGE, data=fields, headers=OURS).status_code == 302

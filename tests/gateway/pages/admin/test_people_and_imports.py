"""Administrators admit people, give them roles and shut them out, by page."""

import io
from html import unescape

import pytest
from flask.testing import FlaskClient

from gateway.domain.account import Account
from gateway.parts import Parts
from gateway.queries.accounts import account_by_id
from tests.gateway.conftest import NewAccount
from tests.support.gateway_builders import people_csv
from tests.support.gateway_house import form_fields
from tests.support.gateway_pages import form_token, sign_in

GOOD = "B2600001,王,小明,xm@example.edu,science,bachelor,2,"
BAD = "=B2600002,Li,Si,not-a-mail,science,bachelor,2,"
PAGES = (
    "/admin/people", "/admin/people/new", "/admin/imports", "/admin/sign-in",
    "/admin/sign-in/new", "/admin/undelivered", "/admin/health",
)  # fmt: skip


@pytest.fixture
def chief(client: FlaskClient, new_account: NewAccount) -> Account:
    account = new_account("chief", "admin", family_name="Chief", given_name="The")
    sign_in(client, login="chief")
    return account


def text(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return unescape(answer.get_data(as_text=True))


def send(client: FlaskClient, action: str, **chosen: object) -> str:
    """Send a form of the page at the same address, with what was chosen; follow where it leads."""
    above = action.rsplit("/", 1)[0] if chosen.pop("_above", False) else action
    page = client.get(str(chosen.pop("_on", above)))
    fields = {**form_fields(page.get_data(as_text=True), action), "csrf_token": form_token(page)}
    answer = client.post(action, data={**fields, **chosen}, follow_redirects=True)
    return unescape(answer.get_data(as_text=True))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("roles", [(), ("staff", "organizer", "manager")])
def test_these_pages_are_for_administrators(
    path: str, roles: tuple[str, ...], client: FlaskClient, new_account: NewAccount
) -> None:
    new_account("somebody", *roles)
    assert "/sign-in" in client.get(path).location
    sign_in(client, login="somebody")
    assert client.get(path).status_code == 403


@pytest.mark.usefixtures("chief")
def test_people_are_found_page_by_page(client: FlaskClient, new_account: NewAccount) -> None:
    for number in range(31):
        new_account(f"p{number}", password=None, number=f"B{number}")
    page = text(client, "/admin/people?q=小明")
    assert page.count("王小明") == 30
    more = page.split('href="/admin/people?after=')[1].split('"')[0]
    assert text(client, f"/admin/people?after={more}").count("王小明") == 1
    assert "Nobody like that" in text(client, "/admin/people?q=%25&role=nonsense&after=x")


@pytest.mark.usefixtures("chief")
def test_roles_are_given_and_the_page_of_before_is_worth_nothing(
    client: FlaskClient, new_account: NewAccount, parts: Parts
) -> None:
    person = new_account("xiaoming")
    action = f"/admin/people/{person.patron_id}/roles"
    page = client.get(f"/admin/people/{person.patron_id}")
    fields = form_fields(page.get_data(as_text=True), action)
    data = {**fields, "csrf_token": form_token(page), "roles": ["patron", "staff"]}
    answer = client.post(action, data={**data, "everywhere": "yes"}, follow_redirects=True)
    assert "Kept." in answer.get_data(as_text=True)
    assert account_by_id(parts.engine, person.patron_id).roles == {"patron", "staff"}
    stale = client.post(action, data={**data, "everywhere": "yes"})
    assert stale.status_code == 412
    assert "changed meanwhile" in stale.get_data(as_text=True)


def test_an_account_is_closed_and_opened_and_never_ones_own(
    client: FlaskClient, chief: Account, new_account: NewAccount, parts: Parts
) -> None:
    person = new_account("xiaoming")
    address = f"/admin/people/{person.patron_id}"
    assert "is closed" in send(client, f"{address}/active", _above=True, active="no")
    assert not account_by_id(parts.engine, person.patron_id).active
    assert "is open" in send(client, f"{address}/active", _above=True, active="yes")
    own = f"/admin/people/{chief.patron_id}/active"
    assert "cannot close the account they work with" in send(client, own, _above=True, active="no")


@pytest.mark.usefixtures("chief")
def test_a_person_is_admitted_by_hand_or_told_why_not(client: FlaskClient) -> None:
    typed = {"family_name": "Lovelace", "given_name": "Ada", "login": "ada", "level": "staff"}
    page = send(client, "/admin/people/new", **typed, password="short", language="en")
    assert "at least 10 characters" in page
    assert 'value="Lovelace"' in page
    page = send(client, "/admin/people/new", **typed, password="long enough it is", language="en")
    assert "The account is made" in page
    assert "Ada Lovelace" in page
    assert sign_in(
        client.application.test_client(), login="ada", password="long enough it is"
    ).location


def upload(client: FlaskClient, content: bytes, name: str = "people.csv") -> str:
    token = form_token(client.get("/admin/imports"))
    data = {"csrf_token": token, "file": (io.BytesIO(content), name)}
    answer = client.post("/admin/imports", data=data, follow_redirects=True)
    return unescape(answer.get_data(as_text=True))


@pytest.mark.usefixtures("chief")
def test_a_file_is_imported_and_every_refused_row_explained(client: FlaskClient) -> None:
    page = upload(client, people_csv(GOOD, BAD))
    assert "1 row was refused" in page
    assert "This is no mail address" in page
    address = page.split('href="/admin/imports/')[-1].split("/refused.csv")[0]
    sheet = client.get(f"/admin/imports/{address}/refused.csv")
    lines = sheet.get_data().decode("utf-8-sig").splitlines()
    assert lines[1] == "3,'=B2600002,mail,This is no mail address."
    assert sheet.headers["Content-Disposition"].startswith("attachment")
    assert "people.csv" in text(client, "/admin/imports")


@pytest.mark.usefixtures("chief")
def test_a_large_file_is_taken_and_nonsense_explained(client: FlaskClient) -> None:
    rows = [f"B{n:06},Li,{'x' * 200},,science,bachelor,1," for n in range(5_000)]
    content = people_csv(*rows)
    assert len(content) > 1024 * 1024  # more than an ordinary form may be
    assert "Every row was taken" in upload(client, content)
    assert "not UTF-8" in upload(client, "学号,姓\n".encode("gbk"))
    token = form_token(client.get("/admin/imports"))
    assert client.post("/admin/imports", data={"csrf_token": token}).status_code == 302


def test_who_may_not_import_may_not_send_a_larger_body_either(
    client: FlaskClient, new_account: NewAccount
) -> None:
    new_account("somebody", "staff")
    for login in (None, "somebody"):
        if login:
            sign_in(client, login=login)
        body, kind = b"x" * 2 * 1024 * 1024, "multipart/form-data; boundary=x"
        assert client.post("/admin/imports", data=body, content_type=kind).status_code == 413


@pytest.mark.parametrize("path", ["/admin/imports/x", "/admin/people/x", "/admin/sign-in/x"])
@pytest.mark.usefixtures("chief")
def test_what_is_not_there_is_a_page_that_says_so(path: str, client: FlaskClient) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"
    assert client.get(path.replace("/x", f"/{nobody}")).status_code == 404

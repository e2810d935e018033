"""What administrators do over HTTP, and who may not."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gateway.parts import Parts
from tests.gateway.conftest import NewAccount
from tests.support.gateway_builders import PASSWORD, people_csv
from tests.support.gateway_pages import sign_in

API = "/api/gateway/v1"
Header = dict[str, str]
GOOD = "B2600001,王,小明,xm@example.edu,science,bachelor,2,"
BAD = "B2600002,Li,Si,not-a-mail,science,bachelor,2,"


@pytest.fixture
def admin(bearer: Callable[..., Header]) -> Header:
    return bearer("admin", login="chief")


def send(client: FlaskClient, content: bytes, header: Header) -> TestResponse:
    # Written here: the client would leave a temporary file open for a large one.
    disposition = b'Content-Disposition: form-data; name="file"; filename="people.csv"'
    body = b"\r\n".join([b"--edge", disposition, b"", content, b"--edge--", b""])
    kind = "multipart/form-data; boundary=edge"
    return client.post(f"{API}/imports", data=body, headers=header, content_type=kind)


def test_accounts_are_found_by_their_role(client: FlaskClient, admin: Header) -> None:
    def found(role: str) -> list[str]:
        listed = client.get(f"{API}/accounts?role={role}", headers=admin)
        assert listed.status_code == 200, listed.get_json()
        return [one["login"] for one in listed.get_json()["items"]]

    assert found("admin") == ["chief"]
    assert found("staff") == []


def test_an_import_reports_on_every_row(client: FlaskClient, admin: Header) -> None:
    answer = send(client, people_csv(GOOD, BAD), admin)
    assert answer.status_code == 201, answer.get_json()
    report = answer.get_json()
    assert (report["created"], report["refused"]) == (1, 1)
    rows = client.get(f"{API}/imports/{report['import_id']}/rows", headers=admin).get_json()
    assert [(row["line"], row["outcome"]) for row in rows["items"]] == [
        (2, "created"),
        (3, "refused"),
    ]
    assert rows["items"][1]["reasons"] == [
        {"column": "mail", "code": "mail_malformed", "message": "This is no mail address."}
    ]


def test_reasons_are_given_in_chinese_to_who_reads_chinese(
    client: FlaskClient, admin: Header
) -> None:
    report = send(client, people_csv(BAD), admin).get_json()
    rows = client.get(
        f"{API}/imports/{report['import_id']}/rows?outcome=refused",
        headers={**admin, "Accept-Language": "zh-CN"},
    ).get_json()
    assert rows["items"][0]["reasons"][0]["message"] == "邮箱地址格式不正确。"


def test_rows_of_a_report_come_in_pages(client: FlaskClient, admin: Header) -> None:
    people = [f"B{number},Li,Si,,science,bachelor,1," for number in range(5)]
    report = send(client, people_csv(*people), admin).get_json()
    lines, cursor = [], ""
    while cursor is not None:
        query = f"limit=2&cursor={cursor}" if cursor else "limit=2"
        page = client.get(f"{API}/imports/{report['import_id']}/rows?{query}", headers=admin)
        lines += [row["line"] for row in page.get_json()["items"]]
        cursor = page.get_json()["next_cursor"]
    assert lines == [2, 3, 4, 5, 6]


def test_a_file_that_is_no_list_is_refused_with_its_reason(
    client: FlaskClient, admin: Header
) -> None:
    answer = send(client, "学号,姓\n".encode("gbk"), admin)
    assert answer.status_code == 422
    assert answer.get_json()["violations"][0]["code"] == "file_not_utf8"
    assert client.get(f"{API}/imports", headers=admin).get_json()["items"] == []


def test_files_larger_than_an_ordinary_body_are_taken_up_to_a_limit(
    client: FlaskClient, admin: Header
) -> None:
    rows = [f"B{n:06},Li,{'x' * 100},,science,bachelor,1," for n in range(10_000)]
    assert send(client, people_csv(*rows), admin).get_json()["created"] == 10_000
    assert send(client, b"x" * (11 * 1024 * 1024), admin).status_code == 413


def test_what_was_imported_is_told_to_the_services(
    client: FlaskClient, admin: Header, parts: Parts
) -> None:
    send(client, people_csv(GOOD), admin)
    with parts.engine.connect() as connection:
        data = connection.exec_driver_sql("SELECT data FROM outbox").scalars().all()
    assert any(row["faculty"] == "science" and row["study_year"] == 2 for row in data)
    assert "王" not in str(data)
    assert "example.edu" not in str(data)


def test_accounts_are_found_by_parts_of_name_login_number_and_mail(
    client: FlaskClient, admin: Header
) -> None:
    send(client, people_csv(GOOD, "B77,Lovelace,Ada,ada@example.edu,math,doctor,1,"), admin)
    for words in ("小明", "b2600001", "xm@", "王小明"):
        found = client.get(f"{API}/accounts?q={words}", headers=admin).get_json()["items"]
        numbers = [account["number"] for account in found if account["number"]]
        assert numbers == ["B2600001"], words
    found = client.get(f"{API}/accounts?q=ada lovelace", headers=admin).get_json()["items"]
    assert [account["display_name"] for account in found] == ["Ada Lovelace"]
    assert client.get(f"{API}/accounts?q=%25", headers=admin).get_json()["items"] == []


def test_roles_are_changed_by_who_read_the_present_version(
    client: FlaskClient, admin: Header, new_account: NewAccount
) -> None:
    person = new_account("xiaoming")
    address = f"{API}/accounts/{person.patron_id}"
    browser = client.application.test_client()
    sign_in(browser)
    etag = client.get(address, headers=admin).headers["ETag"]
    body = {"roles": ["staff"]}
    assert client.put(f"{address}/roles", json=body, headers=admin).status_code == 428
    changed = client.put(f"{address}/roles", json=body, headers={**admin, "If-Match": etag})
    assert changed.get_json()["roles"] == ["patron", "staff"]
    stale = client.put(f"{address}/roles", json=body, headers={**admin, "If-Match": etag})
    assert stale.status_code == 412
    assert "王小明" not in browser.get("/nowhere").get_data(as_text=True)


def test_nobody_administers_some_libraries_only(
    client: FlaskClient, admin: Header, new_account: NewAccount
) -> None:
    address = f"{API}/accounts/{new_account('xiaoming').patron_id}"
    etag = client.get(address, headers=admin).headers["ETag"]
    headers = {**admin, "If-Match": etag}
    body = {"roles": ["staff", "admin"], "libraries": [str(UUID(int=1))]}
    answer = client.put(f"{address}/roles", json=body, headers=headers)
    codes = [one["code"] for one in answer.get_json()["violations"]]
    assert (answer.status_code, codes) == (422, ["admin_holds_everywhere"])
    new = {"login": "half", "family_name": "Half", **body}
    assert client.post(f"{API}/accounts", json=new, headers=admin).status_code == 422
    less = {"roles": ["staff"], "libraries": body["libraries"]}
    assert client.put(f"{address}/roles", json=less, headers=headers).status_code == 200


def test_a_closed_account_is_shut_out_at_once_and_opened_again(
    client: FlaskClient, admin: Header, new_account: NewAccount, parts: Parts
) -> None:
    person = new_account("xiaoming")
    address = f"{API}/accounts/{person.patron_id}"
    browser = client.application.test_client()
    sign_in(browser)
    for active in (False, True):
        version = {**admin, "If-Match": client.get(address, headers=admin).headers["ETag"]}
        body = {"active": active}
        assert client.put(f"{address}/active", json=body, headers=admin).status_code == 428
        changed = client.put(f"{address}/active", json=body, headers=version)
        assert changed.get_json()["active"] is active
        assert client.put(f"{address}/active", json=body, headers=version).status_code == 412
        assert "王小明" not in browser.get("/nowhere").get_data(as_text=True)
        assert sign_in(client.application.test_client()).status_code == (302 if active else 422)
        found = client.get(f"{API}/accounts?q=xiaoming&active=false", headers=admin).get_json()
        assert len(found["items"]) == (0 if active else 1)
    with parts.engine.connect() as connection:
        told = connection.exec_driver_sql("SELECT data->>'active' FROM outbox ORDER BY position")
        assert told.scalars().all()[-2:] == ["false", "true"]


def test_administrators_cannot_close_themselves_out(client: FlaskClient, admin: Header) -> None:
    me = client.get(f"{API}/me", headers=admin).get_json()["patron_id"]
    etag = client.get(f"{API}/accounts/{me}", headers=admin).headers["ETag"]
    answer = client.put(
        f"{API}/accounts/{me}/active", json={"active": False}, headers={**admin, "If-Match": etag}
    )
    assert (answer.status_code, answer.get_json()["code"]) == (409, "own_account_kept")


def test_the_last_thing_an_administrator_can_lose_by_themselves_is_the_role(
    client: FlaskClient, admin: Header
) -> None:
    me = client.get(f"{API}/me", headers=admin).get_json()["patron_id"]
    etag = client.get(f"{API}/accounts/{me}", headers=admin).headers["ETag"]
    answer = client.put(
        f"{API}/accounts/{me}/roles", json={"roles": []}, headers={**admin, "If-Match": etag}
    )
    assert (answer.status_code, answer.get_json()["code"]) == (409, "own_admin_role_kept")


def test_an_account_is_created_and_can_sign_in(client: FlaskClient, admin: Header) -> None:
    body = {"login": "Ada", "password": PASSWORD, "family_name": "Lovelace", "given_name": "Ada"}
    made = client.post(f"{API}/accounts", json=body, headers=admin)
    assert made.status_code == 201, made.get_json()
    assert "password" not in str(made.get_json())
    again = client.post(f"{API}/accounts", json=body, headers=admin)
    assert (again.status_code, again.get_json()["code"]) == (409, "login_taken")
    token = client.post(f"{API}/tokens", json={"login": "ada", "password": PASSWORD})
    assert token.status_code == 200


def test_every_reason_against_an_account_is_named(client: FlaskClient, admin: Header) -> None:
    body = {"login": "ada", "password": "short", "family_name": "L", "mail": "no mail"}
    answer = client.post(f"{API}/accounts", json=body, headers=admin)
    codes = [violation["code"] for violation in answer.get_json()["violations"]]
    assert sorted(codes) == ["mail_malformed", "password_too_short"]


def test_a_person_chooses_their_language_and_nothing_else(
    client: FlaskClient, bearer: Callable[..., Header]
) -> None:
    header = bearer()
    changed = client.patch(f"{API}/me", json={"language": "zh-CN"}, headers=header)
    assert changed.get_json()["language"] == "zh-CN"
    for body in ({"roles": ["admin"]}, {"language": "xx"}, {"patron_id": "x"}):
        assert client.patch(f"{API}/me", json=body, headers=header).status_code == 422
    assert client.get(f"{API}/me", headers=header).get_json()["roles"] == ["patron"]


def operations(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Return every operation of the API that only administrators may use."""
    return [
        (method, path)
        for path, methods in document["paths"].items()
        for method in methods
        if path.startswith((f"{API}/accounts", f"{API}/imports"))
        if method in {"get", "post", "put", "patch", "delete"}
    ]


@pytest.mark.parametrize("roles", [(), ("organizer",), ("staff",), ("manager",)])
def test_only_administrators_see_other_people(
    roles: tuple[str, ...], client: FlaskClient, bearer: Callable[..., Header]
) -> None:
    header = bearer(*roles)
    found = operations(client.get(f"{API}/openapi.json").get_json())
    assert len(found) == 10
    for method, path in found:
        address = path.replace("{patron_id}", _NOBODY).replace("{import_id}", _NOBODY)
        assert client.open(address, method=method.upper(), headers=header).status_code == 403
        assert client.open(address, method=method.upper()).status_code == 401


_NOBODY = "00000000-0000-4000-8000-000000000000"

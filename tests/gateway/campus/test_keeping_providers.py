"""Administrators keep the list of providers, and cannot shut everybody out by it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from gateway.domain.account import Account
from gateway.parts import Parts
from tests.gateway.campus.conftest import Keep
from tests.gateway.conftest import NewAccount
from tests.support.campus_provider import CampusProvider
from tests.support.gateway_builders import PASSWORD
from tests.support.gateway_pages import sign_in

API = "/api/gateway/v1/sign-in-providers"
OUT = "no_administrator_connected"
Header = dict[str, str]


@pytest.fixture
def admin(bearer: Callable[..., Header]) -> Header:
    return bearer("admin", login="chief")


def body(provider: CampusProvider, **changed: Any) -> dict[str, Any]:
    return {
        "name_en": "Campus account",
        "name_zh": "统一身份认证",
        "issuer": provider.issuer,
        "client_id": "atrium",
        "client_secret": "the client's secret",
        **changed,
    }


def test_a_provider_is_kept_changed_and_forgotten_and_its_secret_never_leaves(
    client: FlaskClient, admin: Header, provider: CampusProvider
) -> None:
    made = client.post(API, json=body(provider), headers=admin)
    assert made.status_code == 201, made.get_json()
    address = f"{API}/{made.get_json()['provider_id']}"
    read = client.get(address, headers=admin)
    assert read.get_json()["has_secret"] is True
    assert "the client's secret" not in read.get_data(as_text=True)
    assert read.get_json()["redirect_uri"].endswith(made.get_json()["provider_id"])
    version = {**admin, "If-Match": read.headers["ETag"]}
    changed = body(provider, client_secret=None, name_en="Campus")
    assert client.put(address, json=changed, headers=admin).status_code == 428
    answer = client.put(address, json=changed, headers=version)
    assert (answer.get_json()["name_en"], answer.get_json()["has_secret"]) == ("Campus", True)
    assert client.put(address, json=changed, headers=version).status_code == 412
    assert client.delete(address, headers=version).status_code == 412
    version = {**admin, "If-Match": answer.headers["ETag"]}
    assert client.delete(address, headers=version).status_code == 204
    assert client.get(API, headers=admin).get_json()["items"] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "http://idp.example.edu"},
        {"issuer": "https://user:pass@idp.example.edu"},
        {"issuer": "https://idp.example.edu/?x=1"},
        {"issuer": "file:///etc/passwd"},
        {"issuer": "https://"},
        {"scopes": ["profile"]},
        {"scopes": ["openid", "two words"]},
        {"name_en": " "},
        {"mapping": {"roles": {"boss": "admin"}}},
        {"mapping": {"claims": {"patron_id": "sub"}}},
        {"mapping": {"trusts_numbers": True, "claims": {}}},
    ],
    ids=str,
)
def test_what_cannot_be_a_provider_is_refused_with_its_reason(
    wrong: dict[str, Any], client: FlaskClient, admin: Header, provider: CampusProvider
) -> None:
    answer = client.post(API, json=body(provider, **wrong), headers=admin)
    assert answer.status_code == 422
    assert answer.get_json()["violations"]


def test_the_same_provider_is_not_kept_twice(
    client: FlaskClient, admin: Header, provider: CampusProvider
) -> None:
    client.post(API, json=body(provider), headers=admin)
    again = client.post(API, json=body(provider), headers=admin)
    assert (again.status_code, again.get_json()["code"]) == (409, "provider_taken")


def test_a_test_tells_what_the_provider_answers(
    client: FlaskClient, admin: Header, provider: CampusProvider
) -> None:
    made = client.post(API, json=body(provider), headers=admin).get_json()["provider_id"]
    found = client.post(f"{API}/{made}/test", headers=admin).get_json()
    assert (found["reachable"], found["keys"], found["offers_sign_out"]) == (True, 1, True)
    away = body(provider, issuer="http://localhost:9", active=False)
    made = client.post(API, json=away, headers=admin).get_json()["provider_id"]
    found = client.post(f"{API}/{made}/test", headers=admin).get_json()
    assert (found["reachable"], found["trouble"]) == (False, "ConnectError")


def switch_local(client: FlaskClient, admin: Header, allowed: bool) -> Any:
    etag = client.get(f"{API}/local", headers=admin).headers["ETag"]
    header = {**admin, "If-Match": etag}
    return client.put(f"{API}/local", json={"allowed": allowed}, headers=header)


def comes_in_through(provider: CampusProvider, parts: Parts, account: Account) -> None:
    """Let somebody have signed in with the campus once."""
    with parts.uow() as uow:
        uow.campus_identities.note(provider.issuer, "c1", account.patron_id, parts.clock.now())
        uow.commit()


def test_a_provider_is_switched_on_only_while_it_answers(
    client: FlaskClient, admin: Header, provider: CampusProvider
) -> None:
    silent = body(provider, issuer="http://localhost:9")
    refused = client.post(API, json=silent, headers={**admin, "Accept-Language": "zh-CN"})
    assert (refused.status_code, refused.get_json()["code"]) == (422, "provider_silent")
    assert "ConnectError" in refused.get_json()["detail"]
    assert "登录提供方须能正常应答" in refused.get_json()["detail"]
    made = client.post(API, json={**silent, "active": False}, headers=admin)
    address = f"{API}/{made.get_json()['provider_id']}"
    version = {**admin, "If-Match": client.get(address, headers=admin).headers["ETag"]}
    assert client.put(address, json=silent, headers=version).status_code == 422
    on = client.put(address, json=body(provider), headers=version)
    assert on.get_json()["active"] is True


def test_a_provider_that_is_on_can_be_changed_while_it_is_away(
    client: FlaskClient, admin: Header, keep: Keep
) -> None:
    kept = keep(issuer="http://localhost:9")
    address = f"{API}/{kept.provider_id}"
    version = {**admin, "If-Match": client.get(address, headers=admin).headers["ETag"]}
    typed = {"name_en": "Campus", "name_zh": "校园", "issuer": kept.issuer, "client_id": "atrium"}
    changed = client.put(address, json={**typed, "client_secret": None}, headers=version)
    assert (changed.status_code, changed.get_json()["name_en"]) == (200, "Campus")


@pytest.mark.parametrize("role", ["patron", "admin"])
def test_passwords_stay_until_an_active_administrator_has_come_through_a_provider(
    *, role: str, client: FlaskClient, admin: Header, provider: CampusProvider, parts: Parts,
    new_account: NewAccount,
) -> None:  # fmt: skip
    client.post(API, json=body(provider), headers=admin)
    comes_in_through(provider, parts, new_account("other", role))
    answer = switch_local(client, admin, allowed=False)
    if role == "admin":
        assert answer.status_code == 200
    else:
        assert (answer.status_code, answer.get_json()["code"]) == (
            409,
            "no_administrator_connected",
        )


def test_passwords_can_be_switched_off_where_there_is_another_way_in(
    *, client: FlaskClient, admin: Header, provider: CampusProvider, parts: Parts,
    new_account: NewAccount, keep: Keep,
) -> None:  # fmt: skip
    new_account()
    assert switch_local(client, admin, allowed=False).get_json()["code"] == "last_way_in"
    made = client.post(API, json=body(provider), headers=admin).get_json()
    comes_in_through(provider, parts, new_account("deputy", "admin"))
    assert switch_local(client, admin, allowed=False).status_code == 200
    page = client.get("/sign-in", headers={"Accept-Language": "en"}).get_data(as_text=True)
    assert "Sign in with Campus account" in page
    assert 'type="password"' not in page
    credentials = {"login": "xiaoming", "password": PASSWORD}
    answer = client.post("/api/gateway/v1/tokens", json=credentials)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "local_sign_in_off")
    address = f"{API}/{made['provider_id']}"
    version = {**admin, "If-Match": client.get(address, headers=admin).headers["ETag"]}
    assert client.delete(address, headers=version).get_json()["code"] == "last_way_in"
    off = client.put(address, json=body(provider, active=False), headers=version)
    assert off.get_json()["code"] == "last_way_in"
    keep(issuer="http://localhost:9")
    assert client.delete(address, headers=version).get_json()["code"] == OUT
    assert switch_local(client, admin, allowed=True).status_code == 200
    assert sign_in(client).status_code == 302


@pytest.mark.parametrize("roles", [(), ("organizer",), ("staff",), ("manager",)])
def test_only_administrators_see_providers(
    roles: tuple[str, ...], client: FlaskClient, bearer: Callable[..., Header]
) -> None:
    assert client.get(API, headers=bearer(*roles)).status_code == 403
    assert client.post(API, json={}, headers=bearer(*roles, login="x")).status_code == 403

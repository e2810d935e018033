"""Access tokens: for whom, how long, and signed so that others can tell."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import KeySet

from gateway.config import Settings
from gateway.parts import Parts
from shared.kernel.clock import SetClock
from shared.web.keys import JwksSource
from shared.web.tokens import TokenVerifier
from tests.gateway.conftest import NewAccount
from tests.support.gateway_builders import NOON, PASSWORD

TOKENS = "/api/gateway/v1/tokens"


def get_token(client: FlaskClient, login: str = "xiaoming", **changed: str) -> str:
    answer = client.post(TOKENS, json={"login": login, "password": PASSWORD, **changed})
    assert answer.status_code == 200, answer.get_json()
    token: str = answer.get_json()["access_token"]
    return token


def read(client: FlaskClient, token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    keys = KeySet.import_key_set(client.get("/.well-known/jwks.json").get_json())
    decoded = jwt.decode(token, keys, algorithms=["Ed25519"])
    return decoded.header, decoded.claims


def test_a_token_says_who_it_is_for_and_what_they_may_do_and_no_name(
    client: FlaskClient, new_account: NewAccount
) -> None:
    account = new_account("xiaoming", "organizer")
    header, claims = read(client, get_token(client))
    assert (header["typ"], header["alg"]) == ("at+jwt", "Ed25519")
    jti = claims.pop("jti")
    assert jti
    assert claims == {
        "iss": "http://localhost:8000",
        "aud": "atrium",
        "sub": str(account.patron_id),
        "iat": int(NOON.timestamp()),
        "exp": int(NOON.timestamp()) + 600,
        "roles": ["organizer", "patron"],
        "patron_class": "undergraduate",
        "faculty": "science",
        "level": "bachelor",
        "scope": "",
    }


def test_a_service_that_reads_the_file_of_keys_believes_the_token(
    client: FlaskClient, new_account: NewAccount, settings: Settings, clock: SetClock
) -> None:
    account = new_account()
    verifier = TokenVerifier(
        JwksSource(str(settings.jwks_out)), issuer="http://localhost:8000", clock=clock
    )
    assert verifier.verify(get_token(client)).patron_id == account.patron_id


def test_the_published_keys_hold_nothing_private(client: FlaskClient, settings: Settings) -> None:
    published = client.get("/.well-known/jwks.json").get_json()
    assert settings.jwks_out is not None
    assert json.loads(settings.jwks_out.read_text()) == published
    assert [set(key) for key in published["keys"]] == [{"kty", "crv", "x", "kid", "use", "alg"}]


def test_the_private_key_does_not_lie_open_in_the_database(parts: Parts) -> None:
    with parts.engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT sealed_private FROM signing_key").one()
    assert '"d"' not in bytes.fromhex(row[0]).decode("latin-1")


@pytest.mark.parametrize("login", ["xiaoming", "nobody"])
def test_a_wrong_password_and_a_stranger_get_the_same_401(
    login: str, client: FlaskClient, new_account: NewAccount
) -> None:
    new_account()
    answer = client.post(TOKENS, json={"login": login, "password": "wrong"})
    assert answer.status_code == 401
    assert answer.get_json()["code"] == "sign_in_failed"
    assert "WWW-Authenticate" in answer.headers


def test_who_guesses_is_told_how_long_to_wait(client: FlaskClient, new_account: NewAccount) -> None:
    new_account()
    answers = [
        client.post(TOKENS, json={"login": "xiaoming", "password": "wrong"}) for _ in range(7)
    ]
    assert [answer.status_code for answer in answers] == [401] * 6 + [429]
    assert int(answers[-1].headers["Retry-After"]) == answers[-1].get_json()["numbers"]["seconds"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"login": "xiaoming"},
        {"login": "xiaoming", "password": PASSWORD, "api_token": "atr_x"},
        {"api_token": "atr_x", "password": "x"},
    ],
)
def test_either_a_password_or_an_api_token_is_needed(
    body: dict[str, str], client: FlaskClient
) -> None:
    assert client.post(TOKENS, json=body).status_code == 422


def test_an_api_token_is_exchanged_for_an_access_token_of_its_scopes(
    client: FlaskClient, bearer: Callable[..., dict[str, str]]
) -> None:
    made = client.post(
        "/api/gateway/v1/api-tokens",
        json={"name": "calendar", "scopes": ["booking:read", "events:read"], "days": 30},
        headers=bearer(),
    ).get_json()
    assert made["token"].startswith("atr_")
    answer = client.post(TOKENS, json={"api_token": made["token"], "scope": "booking:read"})
    _, claims = read(client, answer.get_json()["access_token"])
    assert claims["scope"] == "booking:read"
    wider = client.post(TOKENS, json={"api_token": made["token"], "scope": "booking:write"})
    assert (wider.status_code, wider.get_json()["code"]) == (403, "scope_not_held")


def test_an_api_token_is_no_access_token(
    client: FlaskClient, bearer: Callable[..., dict[str, str]]
) -> None:
    made = client.post(
        "/api/gateway/v1/api-tokens",
        json={"name": "x", "scopes": ["gateway:read"]},
        headers=bearer(),
    ).get_json()
    answer = client.get("/api/gateway/v1/me", headers={"Authorization": f"Bearer {made['token']}"})
    assert answer.status_code == 401


def test_a_revoked_and_an_expired_api_token_are_refused(
    client: FlaskClient, bearer: Callable[..., dict[str, str]], clock: SetClock
) -> None:
    header = bearer()
    first, second = (
        client.post(
            "/api/gateway/v1/api-tokens",
            json={"name": name, "scopes": ["gateway:read"], "days": 1},
            headers=header,
        ).get_json()
        for name in ("first", "second")
    )
    revoked = client.delete(
        f"/api/gateway/v1/api-tokens/{first['record']['token_id']}", headers=header
    )
    assert revoked.status_code == 204
    assert client.post(TOKENS, json={"api_token": first["token"]}).status_code == 401
    assert client.post(TOKENS, json={"api_token": second["token"]}).status_code == 200
    clock.set(NOON + timedelta(days=1))
    assert client.post(TOKENS, json={"api_token": second["token"]}).status_code == 401


def test_a_token_makes_no_token_that_would_outlive_it(
    client: FlaskClient, new_account: NewAccount
) -> None:
    new_account()
    narrow = get_token(client, scope="gateway:write")
    answer = client.post(
        "/api/gateway/v1/api-tokens",
        json={"name": "x", "scopes": ["gateway:write"]},
        headers={"Authorization": f"Bearer {narrow}"},
    )
    assert (answer.status_code, answer.get_json()["code"]) == (403, "token_makes_none")


def test_a_persons_tokens_are_theirs_alone(
    client: FlaskClient, bearer: Callable[..., dict[str, str]]
) -> None:
    mine, theirs = bearer(login="me"), bearer(login="them")
    made = client.post(
        "/api/gateway/v1/api-tokens", json={"name": "x", "scopes": ["gateway:read"]}, headers=mine
    ).get_json()["record"]
    assert client.get("/api/gateway/v1/api-tokens", headers=theirs).get_json()["items"] == []
    address = f"/api/gateway/v1/api-tokens/{made['token_id']}"
    assert client.delete(address, headers=theirs).status_code == 404
    assert client.get("/api/gateway/v1/api-tokens", headers=mine).get_json()["items"] == [made]

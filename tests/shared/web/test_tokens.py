"""Who may pass, and the tokens that prove nothing."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from joserfc.jwk import OKPKey

from shared.kernel.clock import SetClock
from shared.web import tokens
from shared.web.keys import JwksSource
from shared.web.tokens import TokenRefused, TokenVerifier
from tests.shared.web import bad_tokens
from tests.shared.web.notes_app import BASE
from tests.support.tokens import ISSUER, bearer, sign, token_for, write_jwks
from tests.support.tokens import claims_for as claims

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def forged() -> dict[str, str]:
    return bad_tokens.sixteen() | bad_tokens.malformed()


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.fixture
def verifier(tmp_path: Path, clock: SetClock) -> TokenVerifier:
    return TokenVerifier(JwksSource(write_jwks(tmp_path)), issuer=ISSUER, clock=clock)


def ask(client: FlaskClient, token: str):
    return client.get(f"{BASE}/notes", headers={"Authorization": f"Bearer {token}"})


def test_a_good_token_says_who_it_is(verifier: TokenVerifier):
    patron, library = uuid4(), uuid4()
    token = token_for(
        patron, roles=("patron", "staff"), scope="notes:read x", libraries=[library], now=NOON
    )
    identity = verifier.verify(token)
    assert identity.patron_id == patron
    assert identity.roles == {"patron", "staff"}
    assert (identity.patron_class, identity.faculty) == ("undergraduate", "science")
    assert identity.level == "bachelor"
    assert identity.scopes == {"notes:read", "x"}
    assert identity.libraries == {library}


def test_an_audience_in_a_list_of_its_own_is_ours(verifier: TokenVerifier):
    assert verifier.verify(sign(claims(aud=["atrium"], now=NOON))).libraries is None


@pytest.mark.parametrize("name", forged())
def test_a_forged_token_is_answered_with_401_and_a_challenge(client: FlaskClient, name: str):
    answer = ask(client, forged()[name])  # made anew: some hold the time of their making
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert answer.json["code"] == "token_refused"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert "invalid_token" in answer.headers["WWW-Authenticate"]


def test_the_same_request_with_a_good_token_passes(client: FlaskClient):
    assert ask(client, token_for()).status_code == 200


@pytest.mark.parametrize("header", ["Basic dTpw", "Bearer", "bearer  ", "x"])
def test_another_scheme_is_no_proof(client: FlaskClient, header: str):
    assert client.get(f"{BASE}/notes", headers={"Authorization": header}).status_code == 401


def test_without_a_token_the_challenge_names_the_realm(client: FlaskClient):
    answer = client.get(f"{BASE}/notes")
    assert (answer.status_code, answer.json["code"]) == (401, "not_signed_in")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="atrium"'


def test_control_without_the_type_check_an_id_token_would_pass(
    verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
):
    id_token = sign(claims(now=NOON), typ="JWT")
    with pytest.raises(TokenRefused):
        verifier.verify(id_token)
    monkeypatch.setattr(tokens, "TYPE", "JWT")
    assert verifier.verify(id_token).roles == {"patron"}


def test_clocks_may_differ_by_half_a_minute_and_no_more(verifier: TokenVerifier, clock: SetClock):
    token = sign(claims(now=NOON, lifetime_seconds=600))
    for seconds, passes in [(-31, False), (-30, True), (629, True), (630, False)]:
        clock.set(NOON + timedelta(seconds=seconds))
        assert accepts(verifier, token) is passes, seconds


def test_a_remembered_token_still_expires(verifier: TokenVerifier, clock: SetClock):
    token = sign(claims(now=NOON, lifetime_seconds=600))
    assert accepts(verifier, token)
    clock.set(NOON + timedelta(hours=1))
    assert not accepts(verifier, token)


def test_a_remembered_token_falls_with_its_key(tmp_path: Path, clock: SetClock):
    seconds = [0.0]
    source = JwksSource(write_jwks(tmp_path), monotonic=lambda: seconds[0])
    verifier = TokenVerifier(source, issuer=ISSUER, clock=clock)
    token = sign(claims(now=NOON))
    assert accepts(verifier, token)
    another = OKPKey.generate_key("Ed25519", {"kid": "another"}).as_dict(private=False)
    (tmp_path / "jwks.json").write_text(json.dumps({"keys": [another]}))
    assert accepts(verifier, token)  # not read again yet
    seconds[0] = 61.0
    assert not accepts(verifier, token)


def test_no_more_tokens_are_remembered_than_fit(
    verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tokens, "CACHE_SIZE", 3)
    for _ in range(5):
        verifier.verify(token_for(now=NOON))
    assert len(verifier._cache) == 3


@pytest.mark.parametrize(("roles", "status"), [(("patron",), 403), (("patron", "staff"), 200)])
def test_a_view_for_staff_is_for_staff(client: FlaskClient, roles: tuple[str, ...], status: int):
    assert client.get(f"{BASE}/notes/mine", headers=bearer(roles=roles)).status_code == status


@pytest.mark.parametrize(
    ("scope", "reading", "writing"),
    [
        ("", 200, 201),
        ("notes:read", 200, 403),
        ("notes:write", 403, 201),
        ("booking:read", 403, 403),
    ],
)
def test_a_token_with_scopes_does_only_what_they_say(
    client: FlaskClient, scope: str, reading: int, writing: int
):
    headers = bearer(scope=scope) | {"Idempotency-Key": "k"}
    assert client.get(f"{BASE}/notes", headers=headers).status_code == reading
    written = client.post(f"{BASE}/notes", json={"text": "a"}, headers=headers)
    assert written.status_code == writing


def accepts(verifier: TokenVerifier, token: str) -> bool:
    try:
        verifier.verify(token)
    except TokenRefused:
        return False
    return True

"""Rotating keys: two live keys, and not one request refused."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from gateway.commands.rotate_keys import RotateKeys
from gateway.config import Settings
from gateway.jobs import renew_keys
from gateway.parts import Parts
from gateway.security.sealing import Sealer
from shared.kernel.clock import SetClock
from shared.kernel.settings import SettingError
from shared.web.keys import JwksSource
from shared.web.tokens import TokenRefused, TokenVerifier
from tests.gateway.conftest import NewAccount
from tests.support.gateway_builders import NOON

MINUTE = timedelta(minutes=1)


class FixedKeys:
    """A verifier's cache: the keys as they were published when it looked."""

    def __init__(self, parts: Parts) -> None:
        from joserfc.jwk import OKPKey  # noqa: PLC0415 only here

        published = parts.keys.published()["keys"]
        self._keys = {key["kid"]: OKPKey.import_key(key) for key in published}

    def key(self, kid: str) -> object:
        return self._keys.get(kid)


def test_no_request_fails_while_keys_rotate(
    parts: Parts, new_account: NewAccount, clock: SetClock
) -> None:
    account = new_account()
    tokens: list[tuple[int, str]] = []
    refused = []
    seen = set()
    for minute in range(60):
        clock.set(NOON + minute * MINUTE)
        if minute in (15, 40):
            renew_keys(parts, rotation=RotateKeys())
        if minute % 5 == 0:
            lagging = FixedKeys(parts)  # verifiers look at the keys now and then, not always
        parts.keys.forget()
        tokens.append((minute, parts.access_tokens.sign(account, frozenset())))
        verifier = TokenVerifier(lagging, issuer="http://localhost:8000", clock=clock)  # type: ignore[arg-type]  # a key source
        for made, token in tokens[-9:]:
            try:
                verifier.verify(token)
            except TokenRefused as error:
                refused.append((minute, made, str(error)))
        seen.add(len(parts.keys.published()["keys"]))
    assert refused == []
    assert seen >= {1, 2}


def test_an_old_key_is_destroyed_once_its_tokens_have_expired(
    parts: Parts, clock: SetClock
) -> None:
    (old,) = parts.keys.published()["keys"]
    renew_keys(parts, rotation=RotateKeys())
    clock.set(NOON + 22 * MINUTE)
    renew_keys(parts)
    with parts.engine.connect() as connection:
        kids = connection.exec_driver_sql("SELECT kid FROM signing_key").scalars().all()
    assert len(kids) == 1
    assert old["kid"] not in kids


def test_a_leaked_key_counts_no_more_at_once(
    client: FlaskClient, parts: Parts, new_account: NewAccount, settings: Settings, clock: SetClock
) -> None:
    token = parts.access_tokens.sign(new_account(), frozenset())
    renew_keys(parts, rotation=RotateKeys(at_once=True))
    source = JwksSource(str(settings.jwks_out))
    verifier = TokenVerifier(source, issuer="http://localhost:8000", clock=clock)
    with pytest.raises(TokenRefused):
        verifier.verify(token)
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/gateway/v1/me", headers=headers).status_code == 401


def test_a_key_young_enough_is_left_and_an_old_one_renewed(parts: Parts, clock: SetClock) -> None:
    renew_keys(parts)
    assert len(parts.keys.published()["keys"]) == 1
    clock.set(NOON + timedelta(days=31))
    renew_keys(parts)
    assert len(parts.keys.published()["keys"]) == 2


def test_keys_sealed_under_another_secret_are_not_opened() -> None:
    sealed = Sealer("one secret").seal(b"private", "kid")
    with pytest.raises(SettingError, match="ATRIUM_GATEWAY_SECRET"):
        Sealer("another secret").open(sealed, "kid")
    with pytest.raises(SettingError):
        Sealer("one secret").open(sealed, "another kid")

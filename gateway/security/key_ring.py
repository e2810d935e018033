"""The signing keys in memory: which one signs now, which are published."""

import json
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from joserfc.jwk import OKPKey

from gateway.domain.signing_key import SigningKey, is_published, signing_now
from gateway.security.sealing import Sealer
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id

ALGORITHM = "Ed25519"  # EdDSA over Ed25519, by its fully specified name (RFC 9864)
LOOK_AGAIN_AFTER_SECONDS = 20.0


class NoSigningKey(Exception):
    """The database holds no key that may sign now."""


def new_key_pair(sealer: Sealer) -> tuple[str, str, dict[str, Any]]:
    """Return a fresh Ed25519 key: its kid, its sealed private half, its public JWK."""
    kid = str(new_id())
    key = OKPKey.generate_key("Ed25519", parameters={"kid": kid, "use": "sig", "alg": ALGORITHM})
    sealed = sealer.seal(json.dumps(key.as_dict(private=True)).encode(), kid)
    return kid, sealed, dict(key.as_dict(private=False))


class KeyRing:
    """Keys as they are in the database, looked up again every twenty seconds.

    A key is announced ten minutes before it signs, so a ring twenty seconds old never signs with a
    key that is not published.
    """

    def __init__(
        self, load: Callable[[], Sequence[SigningKey]], sealer: Sealer, clock: Clock
    ) -> None:
        """Load keys with this function and open them with this sealer."""
        self._load = load
        self._sealer = sealer
        self._clock = clock
        self._lock = threading.Lock()
        self._keys: Sequence[SigningKey] = ()
        self._opened: dict[str, OKPKey] = {}
        self._look_again_at = 0.0

    def published(self) -> dict[str, Any]:
        """Return the JSON Web Key Set: every key whose tokens may still be alive, or will be."""
        now = self._clock.now()
        return {"keys": [key.public_jwk for key in self._current() if is_published(key, now)]}

    def signing_key(self) -> OKPKey:
        """Return the key to sign with now; raises NoSigningKey."""
        key = signing_now(self._current(), self._clock.now())
        if key is None:
            self.forget()
            key = signing_now(self._current(), self._clock.now())
        if key is None:
            msg = "no signing key: run `python -m gateway.cli rotate-keys`"
            raise NoSigningKey(msg)
        return self._open(key)

    def key(self, kid: str) -> OKPKey | None:
        """Return the published key named so, for verifying; None when it is not published."""
        now = self._clock.now()
        for key in self._current():
            if key.kid == kid and is_published(key, now):
                return self._open(key)
        return None

    def forget(self) -> None:
        """Look at the database again before the next use."""
        self._look_again_at = 0.0

    def _open(self, key: SigningKey) -> OKPKey:
        opened = self._opened.get(key.kid)
        if opened is None:
            opened = OKPKey.import_key(json.loads(self._sealer.open(key.sealed_private, key.kid)))
            self._opened[key.kid] = opened
        return opened

    def _current(self) -> Sequence[SigningKey]:
        with self._lock:
            if time.monotonic() >= self._look_again_at:
                self._keys = self._load()
                self._look_again_at = time.monotonic() + LOOK_AGAIN_AFTER_SECONDS
            return self._keys

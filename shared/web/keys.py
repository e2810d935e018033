"""The public keys that access tokens are signed with, as the gateway publishes them (RFC 7517)."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import httpx
import msgspec
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

REFRESH_SECONDS = 60.0
RETRY_SECONDS = 3.0
FETCH_TIMEOUT_SECONDS = 2.0
_UNREADABLE = (OSError, httpx.HTTPError, msgspec.MsgspecError, JoseError, ValueError, KeyError)
_log = structlog.get_logger()


class KeysUnavailable(Exception):
    """No key was ever read and none can be read now."""


class KeySource(Protocol):
    """Finds a public key by its name."""

    def key(self, kid: str) -> OKPKey | None:
        """Return the key named so, or None; raises KeysUnavailable when there are no keys."""
        ...


class JwksSource:
    """Keys from a JWKS in a file or at an http(s) address, cached.

    Read again every minute (so that a withdrawn key stops counting), and for an unknown name at
    most every few seconds (so that a stranger's tokens cannot make us ask all the time). When
    reading fails the last keys stay.
    """

    def __init__(self, place: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Read keys from a file path or an http(s) address; nothing is read before it is needed."""
        self._place = place
        self._monotonic = monotonic
        self._lock = Lock()
        self._keys: Mapping[str, OKPKey] = {}
        self._asked_at = float("-inf")

    def key(self, kid: str) -> OKPKey | None:
        """Return the key named so, or None; raises KeysUnavailable when none was ever read."""
        age = self._monotonic() - self._asked_at
        if kid not in self._keys:
            if age > RETRY_SECONDS:
                self._refresh(blocking=True)
        elif age > REFRESH_SECONDS:
            self._refresh(blocking=False)  # who holds a key need not wait for news
        if not self._keys:
            raise KeysUnavailable(self._place)
        return self._keys.get(kid)

    def _refresh(self, *, blocking: bool) -> None:
        if not self._lock.acquire(blocking=blocking):
            return
        try:
            if self._monotonic() - self._asked_at > RETRY_SECONDS:  # nobody asked while we waited
                self._ask()
        finally:
            self._lock.release()

    def _ask(self) -> None:
        try:
            self._keys = _public_keys(self._read())
        except _UNREADABLE as error:
            _log.warning("jwks_unreadable", error=type(error).__name__, kept=len(self._keys))
        finally:
            self._asked_at = self._monotonic()

    def _read(self) -> bytes:
        if self._place.startswith(("http://", "https://")):
            answer = httpx.get(self._place, timeout=FETCH_TIMEOUT_SECONDS)
            return answer.raise_for_status().content
        return Path(self._place).read_bytes()


class _Jwks(msgspec.Struct):
    keys: list[dict[str, Any]]


def _public_keys(document: bytes) -> dict[str, OKPKey]:
    keys: dict[str, OKPKey] = {}
    for entry in msgspec.json.decode(document, type=_Jwks).keys:
        if entry.get("kty") == "OKP" and entry.get("crv") == "Ed25519" and entry.get("kid"):
            public = {name: entry[name] for name in ("kty", "crv", "x", "kid")}
            keys[entry["kid"]] = OKPKey.import_key(public)
    return keys

"""Access tokens: JWTs of the gateway's making (RFC 9068), read strictly (RFC 8725)."""

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from threading import Lock
from typing import Any, cast

from joserfc import jws
from joserfc.errors import JoseError

from shared.kernel.clock import Clock
from shared.web.claims import AUDIENCE, Identity, InvalidClaims, identity_from, times_from
from shared.web.keys import KeySource

ALGORITHM = "Ed25519"  # EdDSA over Ed25519, by its fully specified name (RFC 9864)
TYPE = "at+jwt"
VISITOR_TYPE = "atrium-visitor+jwt"
MAX_TOKEN_CHARS = 4096
CACHE_SIZE = 10_000


class TokenRefused(Exception):
    """The token proves nothing; the text is for our log, never for the caller."""


@dataclass(frozen=True, slots=True)
class _Verified:
    identity: Identity
    kid: str
    not_before: float
    expires: float


class TokenVerifier:
    """Tells whose token it is; remembers what it verified until the token or its key runs out."""

    def __init__(self, keys: KeySource, *, issuer: str, clock: Clock) -> None:
        """Trust tokens of this issuer, signed with one of these keys, now being what clock says."""
        self._keys = keys
        self._issuer = issuer
        self._clock = clock
        self._lock = Lock()
        self._cache: dict[bytes, _Verified] = {}

    def verify(self, token: str) -> Identity:
        """Return who the token speaks for; raises TokenRefused, or KeysUnavailable."""
        if len(token) > MAX_TOKEN_CHARS:
            raise TokenRefused("too long")
        name = hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
        verified = self._cache.get(name)
        if verified is None:
            verified = self._read(token)
            self._remember(name, verified)
        elif self._keys.key(verified.kid) is None:
            raise TokenRefused("its key was withdrawn")
        if not verified.not_before <= self._clock.now().timestamp() < verified.expires:
            raise TokenRefused("not now")
        return verified.identity

    def visitor_address(self, statement: str) -> str:
        """Return the address a gateway's statement vouches for; raises TokenRefused."""
        if len(statement) > MAX_TOKEN_CHARS:
            raise TokenRefused("too long")
        claims, _ = self._claims(statement, VISITOR_TYPE)
        try:
            not_before, expires = times_from(claims)
            if not not_before <= self._clock.now().timestamp() < expires:
                raise TokenRefused("not now")
            return str(ip_address(str(claims.get("address"))))
        except (InvalidClaims, ValueError) as error:
            raise TokenRefused(str(error)) from error

    def _remember(self, name: bytes, verified: _Verified) -> None:
        with self._lock:
            while len(self._cache) >= CACHE_SIZE:
                del self._cache[next(iter(self._cache))]  # the oldest
            self._cache[name] = verified

    def _read(self, token: str) -> _Verified:
        claims, kid = self._claims(token, TYPE)
        try:
            not_before, expires = times_from(claims)
            return _Verified(identity_from(claims), kid, not_before, expires)
        except InvalidClaims as error:
            raise TokenRefused(str(error)) from error

    def _claims(self, token: str, kind: str) -> tuple[dict[str, Any], str]:
        header = _header(token, kind)
        key = self._keys.key(header["kid"])
        if key is None:
            raise TokenRefused("unknown key")
        try:
            signed = jws.deserialize_compact(token, key, algorithms=[ALGORITHM])
        except (JoseError, ValueError) as error:
            raise TokenRefused("bad signature") from error
        claims = _strict_json(signed.payload or b"")
        self._check_party(claims)
        return claims, header["kid"]

    def _check_party(self, claims: dict[str, Any]) -> None:
        if claims.get("iss") != self._issuer:
            raise TokenRefused("another issuer")
        if claims.get("aud") not in (AUDIENCE, [AUDIENCE]):
            raise TokenRefused("another audience")


def _header(token: str, kind: str) -> dict[str, str]:
    """Return the header if it holds exactly alg, typ and kid with the only values we use.

    A header that brings its own key or points to one (jwk, jku, x5u, x5c, crit) is refused whole.
    """
    if token.count(".") != 2:
        raise TokenRefused("not a compact JWS")
    part = token.partition(".")[0]
    try:
        raw = base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise TokenRefused("header is not base64url") from error
    header = _strict_json(raw)
    _check_header(header, kind)
    return cast("dict[str, str]", header)


def _check_header(header: dict[str, Any], kind: str) -> None:
    if header.get("alg") != ALGORITHM:
        raise TokenRefused("another algorithm")
    if header.get("typ") != kind:
        raise TokenRefused("another type of token")
    if set(header) != {"alg", "typ", "kid"}:
        raise TokenRefused("unexpected header member")
    if not isinstance(header["kid"], str):
        raise TokenRefused("kid is no text")


def _strict_json(raw: bytes) -> dict[str, Any]:
    try:
        value = json.loads(raw.decode("utf-8"), object_pairs_hook=_without_duplicates)
    except (ValueError, RecursionError) as error:
        raise TokenRefused("not JSON") from error
    if not isinstance(value, dict):
        raise TokenRefused("not an object")
    return value


def _without_duplicates(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise TokenRefused("the same key twice")
    return members

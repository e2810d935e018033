"""ID tokens of identity providers, read strictly (OpenID Connect Core 1.0, 3.1.3.7; RFC 8725)."""

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, OKPKey, RSAKey

# Signed with a key only the provider holds. None with a shared secret, and never `none`.
ALGORITHMS = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
    "EdDSA", "Ed25519",
)  # fmt: skip
USUAL_ALGORITHM = "RS256"
SKEW_SECONDS = 60
OLDEST_SECONDS = 15 * 60  # a sign-in takes ten minutes at the most
MOST_CHARS = 16 * 1024
MOST_KEYS = 50
LONGEST_SUBJECT = 255
PublicKey = RSAKey | ECKey | OKPKey


class IdTokenRefused(Exception):
    """The token proves nothing; the text is for our log and holds nothing of the token."""


class UnknownKey(IdTokenRefused):
    """The token names a key the provider did not publish when we last looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What an ID token must say to be believed."""

    issuer: str
    client_id: str
    nonce: str = field(repr=False)
    now: float


def public_keys(document: Mapping[str, Any]) -> Sequence[PublicKey]:
    """Return the keys of a JWKS that may verify signatures; what is of another kind is left out."""
    entries = document.get("keys")
    found: list[PublicKey] = []
    for entry in entries[:MOST_KEYS] if isinstance(entries, list) else ():
        if not isinstance(entry, dict) or entry.get("use", "sig") != "sig":
            continue
        if entry.get("kty") not in {"RSA", "EC", "OKP"}:
            continue
        try:
            keys = KeySet.import_key_set({"keys": [entry]}).keys
        except (JoseError, ValueError, TypeError, KeyError):
            continue
        found += [key for key in keys if isinstance(key, RSAKey | ECKey | OKPKey)]
    return found


def allowed_algorithms(advertised: Any) -> Sequence[str]:
    """Return which of our algorithms a provider uses; RS256 when it does not say."""
    words = advertised if isinstance(advertised, list) else [USUAL_ALGORITHM]
    return [name for name in ALGORITHMS if name in words]


def read_id_token(
    token: str, keys: Sequence[PublicKey], algorithms: Sequence[str], expected: Expected
) -> Mapping[str, Any]:
    """Return the claims of a token that holds; raises IdTokenRefused, UnknownKey."""
    if len(token) > MOST_CHARS or not token.isascii():
        raise IdTokenRefused("not a token")
    header = _header(token)
    if header.get("alg") not in algorithms:
        raise IdTokenRefused("another algorithm")
    key = _key_for(header, keys)
    try:
        signed = jws.deserialize_compact(token, key, algorithms=list(algorithms))
        claims = json.loads(signed.payload or b"")
    except (JoseError, ValueError, TypeError, RecursionError) as error:
        if "kid" not in header:  # then only trying tells a new key from a forged token
            raise UnknownKey("bad signature") from error
        raise IdTokenRefused("bad signature") from error
    if not isinstance(claims, dict):
        raise IdTokenRefused("not an object")
    _check_parties(claims, expected)
    _check_nonce(claims.get("nonce"), expected.nonce)
    _check_subject(claims.get("sub"))
    _check_times(claims, expected.now)
    return claims


def _header(token: str) -> Mapping[str, Any]:
    try:
        header = jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError, RecursionError) as error:
        raise IdTokenRefused("not a compact JWS") from error
    if "crit" in header:
        raise IdTokenRefused("unexpected header member")
    return header


def _key_for(header: Mapping[str, Any], keys: Sequence[PublicKey]) -> PublicKey:
    kid = header.get("kid")
    if kid is None and len(keys) == 1:
        return keys[0]
    for key in keys:
        if kid is not None and key.as_dict(private=False).get("kid") == kid:
            return key
    raise UnknownKey("unknown key")


def _check_parties(claims: Mapping[str, Any], expected: Expected) -> None:
    if claims.get("iss") != expected.issuer:
        raise IdTokenRefused("another issuer")
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if expected.client_id not in audiences:
        raise IdTokenRefused("another audience")
    party = claims.get("azp", expected.client_id if len(audiences) == 1 else None)
    if party != expected.client_id:
        raise IdTokenRefused("made for another party")


def _check_nonce(nonce: Any, expected: str) -> None:
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), expected.encode()):
        raise IdTokenRefused("another nonce")


def _check_subject(subject: Any) -> None:
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise IdTokenRefused("no subject")
    if "\x00" in subject:
        raise IdTokenRefused("no subject")


def _check_times(claims: Mapping[str, Any], now: float) -> None:
    ends, begins = _instant(claims, "exp"), _instant(claims, "iat")
    not_before = _instant(claims, "nbf") if "nbf" in claims else begins
    if ends <= now - SKEW_SECONDS:
        raise IdTokenRefused("expired")
    if max(begins, not_before) > now + SKEW_SECONDS:
        raise IdTokenRefused("not yet")
    if begins < now - OLDEST_SECONDS:
        raise IdTokenRefused("too old")


def _instant(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 2**40:
        raise IdTokenRefused(f"{name} is no instant")
    return float(value)

"""Tokens that prove nothing: the sixteen ways of forging that every verifier must refuse."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

from joserfc.jwk import OKPKey

from tests.support.tokens import KID, TEST_KEY, claims_for, sign

STRANGERS_KEY = OKPKey.generate_key("Ed25519", {"kid": "stranger"})
HEADER = {"alg": "Ed25519", "typ": "at+jwt", "kid": KID}


def part(value: Any) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def unsigned(algorithm: str) -> str:
    return f"{part({**HEADER, 'alg': algorithm})}.{part(claims_for())}."


def hs256_with_the_public_key() -> str:
    signed = f"{part({**HEADER, 'alg': 'HS256'})}.{part(claims_for())}"
    public = TEST_KEY.as_dict(private=False)["x"]
    secret = base64.urlsafe_b64decode(str(public) + "=")
    return f"{signed}.{part(hmac.new(secret, signed.encode(), hashlib.sha256).digest())}"


def with_its_own_key(**header: Any) -> str:
    return sign(claims_for(), key=STRANGERS_KEY, **header)


def signature_of_another_header() -> str:
    _, payload, signature = sign(claims_for()).split(".")
    return f"{part({**HEADER, 'kid': 'other'})}.{payload}.{signature}"


def truncated_signature() -> str:
    return sign(claims_for())[:-10]


def duplicate_claims() -> str:
    claims = json.dumps(claims_for())
    return raw_signed(f'{claims[:-1]}, "roles": ["admin"]}}'.encode())


def raw_signed(payload: bytes, header: bytes | None = None) -> str:
    """Sign bytes that a JSON library would not write."""
    signed = f"{part(header or json.dumps(HEADER).encode())}.{part(payload)}"
    key = TEST_KEY.private_key
    assert key is not None
    return f"{signed}.{part(key.sign(signed.encode()))}"  # type: ignore[union-attr,call-arg]  # Ed25519


def now() -> int:
    return int(datetime.now(UTC).timestamp())


def sixteen() -> dict[str, str]:
    """Return the forgeries by name."""
    jwk = STRANGERS_KEY.as_dict(private=False)
    return {
        "alg none": unsigned("none"),
        "alg NONE": unsigned("NONE"),
        "alg empty": unsigned(""),
        "HS256 with the public key": hs256_with_the_public_key(),
        "unknown kid": sign(claims_for(), kid="another"),
        "kid that walks to a file": sign(claims_for(), kid="../../../../dev/null"),
        "jwk in the header": with_its_own_key(jwk=jwk),
        "jku in the header": with_its_own_key(jku="https://evil.example/jwks.json"),
        "x5u in the header": with_its_own_key(x5u="https://evil.example/cert.pem"),
        "expired": sign(claims_for(iat=now() - 4000, exp=now() - 61)),
        "not yet": sign(claims_for(nbf=now() + 61)),
        "no exp": sign(claims_for(exp=None)),
        "another issuer": sign(claims_for(iss="https://evil.example")),
        "another audience": sign(claims_for(aud="elsewhere")),
        "an ID token": sign(claims_for(), typ="JWT"),
        "another tenant's": sign(claims_for(iss="http://localhost:8001"), key=STRANGERS_KEY),
        "truncated signature": truncated_signature(),
        "signature of another header": signature_of_another_header(),
        "duplicate claims": duplicate_claims(),
        "64 KB": sign(claims_for(padding="x" * 65_536)),
    }


def malformed() -> dict[str, str]:
    """Return what is no token at all, and claims that are not of their kind."""
    return {
        "nothing": "",
        "one part": "abc",
        "two dots": "..",
        "not base64": "ä.ö.ü",
        "header no object": raw_signed(b"{}", header=b"[]"),
        "payload no object": raw_signed(b"[]"),
        "payload not JSON": raw_signed(b"{"),
        "payload not UTF-8": raw_signed(b'{"a": "\xff"}'),
        "payload deep": raw_signed(b"[" * 2000),
        "kid no text": raw_signed(b"{}", header=b'{"alg":"Ed25519","typ":"at+jwt","kid":1}'),
        "audience a list of two": sign(claims_for(aud=["atrium", "elsewhere"])),
        "sub no UUID": sign(claims_for(sub="admin")),
        "sub missing": sign(claims_for(sub=None)),
        "roles a text": sign(claims_for() | {"roles": "admin"}),
        "roles of numbers": sign(claims_for() | {"roles": [1]}),
        "exp a text": sign(claims_for(exp="tomorrow")),
        "exp true": sign(claims_for(exp=True)),
        "exp far too large": raw_signed(b'{"exp": 1e999}'),
        "issued in the future": sign(claims_for(iat=now() + 61)),
        "libraries no UUIDs": sign(claims_for() | {"libraries": ["main"]}),
    }

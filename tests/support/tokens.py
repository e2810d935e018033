"""Access tokens for tests: a key pair of the tests' own, its JWKS, and tokens for anybody."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from joserfc import jwt
from joserfc.jwk import OKPKey

ISSUER = "http://localhost:8000"
KID = "test-key"
TEST_KEY = OKPKey.import_key(
    {
        "kty": "OKP",
        "crv": "Ed25519",
        "kid": KID,
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",  # RFC 8037, appendix A
        "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
    }
)


def jwks() -> dict[str, Any]:
    """Return the JWKS that holds the tests' public key."""
    return {"keys": [TEST_KEY.as_dict(private=False)]}


def write_jwks(folder: Path) -> str:
    """Write the JWKS into a folder (give tmp_path) and return the path: a value for ATRIUM_JWKS."""
    path = folder / "jwks.json"
    path.write_text(json.dumps(jwks()), encoding="utf-8")
    return str(path)


def claims_for(
    patron_id: UUID | None = None,
    *,
    roles: Iterable[str] = ("patron",),
    patron_class: str = "undergraduate",
    faculty: str = "science",
    level: str = "bachelor",
    scope: str = "",
    libraries: Iterable[UUID] | None = None,
    now: datetime | None = None,
    lifetime_seconds: int = 3600,
    **changed: Any,
) -> dict[str, Any]:
    """Return the claims of a good token; name claims to change them, with None to leave one out."""
    issued = int((now or datetime.now(UTC)).timestamp())
    claims: dict[str, Any] = {
        "iss": ISSUER,
        "aud": "atrium",
        "sub": str(patron_id or uuid4()),
        "iat": issued,
        "exp": issued + lifetime_seconds,
        "roles": list(roles),
        "patron_class": patron_class,
        "faculty": faculty,
        "level": level,
        "scope": scope,
        "libraries": None if libraries is None else [str(library) for library in libraries],
    }
    return {name: value for name, value in {**claims, **changed}.items() if value is not None}


def token_for(patron_id: UUID | None = None, **claims: Any) -> str:
    """Return a good token for a person; takes what `claims_for` takes (`now` for a set clock)."""
    return sign(claims_for(patron_id, **claims))


def sign(claims: dict[str, Any], *, key: OKPKey = TEST_KEY, **header: Any) -> str:
    """Return a token with these claims; name header members to change them."""
    whole = {"alg": "Ed25519", "typ": "at+jwt", "kid": KID, **header}
    return jwt.encode(whole, claims, key, algorithms=["Ed25519"])


def bearer(patron_id: UUID | None = None, **claims: Any) -> dict[str, str]:
    """Return the headers a signed-in person's request carries."""
    return {"Authorization": f"Bearer {token_for(patron_id, **claims)}"}

"""People for the bench: access tokens signed with a key made for this run alone."""

import json
from pathlib import Path
from uuid import UUID

from joserfc import jwt
from joserfc.jwk import OKPKey

from shared.kernel.clock import SystemClock

LIFETIME_SECONDS = 3600


class Identities:
    """Signs tokens the services accept because they are given this run's public key."""

    def __init__(self, issuer: str, folder: Path) -> None:
        """Make a key and write its JWKS into the folder."""
        self._issuer = issuer
        self._key = OKPKey.generate_key("Ed25519", {"kid": "bench"})
        self.jwks = folder / "bench-jwks.json"
        public = {"keys": [self._key.as_dict(private=False)]}
        self.jwks.write_text(json.dumps(public), encoding="utf-8")

    def token(self, patron_id: UUID) -> str:
        """Return an hour's access token of an undergraduate."""
        issued = int(SystemClock().now().timestamp())
        claims = {
            "iss": self._issuer,
            "aud": "atrium",
            "sub": str(patron_id),
            "iat": issued,
            "exp": issued + LIFETIME_SECONDS,
            "roles": ["patron"],
            "patron_class": "undergraduate",
            "faculty": "law",
            "level": "bachelor",
            "scope": "",
        }
        header = {"alg": "Ed25519", "typ": "at+jwt", "kid": "bench"}
        return jwt.encode(header, claims, self._key, algorithms=["Ed25519"])

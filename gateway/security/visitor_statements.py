"""Statements to the services of the address a visitor without an account comes from."""

from joserfc import jwt

from gateway.security.key_ring import ALGORITHM, KeyRing, NoSigningKey
from shared.kernel.clock import Clock
from shared.web.claims import AUDIENCE
from shared.web.tokens import VISITOR_TYPE

LIFE_SECONDS = 60


class VisitorStatements:
    """Signs statements for one issuer; they are told from access tokens by their type."""

    def __init__(self, keys: KeyRing, *, issuer: str, clock: Clock) -> None:
        """Sign with keys from this ring."""
        self._keys = keys
        self._issuer = issuer
        self._clock = clock

    def sign(self, address: str) -> str | None:
        """Return a statement that a request made now comes from this address.

        None while there is no key yet: strangers then share one limit, and see their pages.
        """
        try:
            key = self._keys.signing_key()
        except NoSigningKey:
            return None
        now = int(self._clock.now().timestamp())
        claims = {
            "iss": self._issuer,
            "aud": AUDIENCE,
            "iat": now,
            "exp": now + LIFE_SECONDS,
            "address": address,
        }
        header = {"typ": VISITOR_TYPE, "alg": ALGORITHM, "kid": key.kid}
        return jwt.encode(header, claims, key, algorithms=[ALGORITHM])

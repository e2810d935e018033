"""Access tokens: signed statements, ten minutes long, of who somebody is and what they may do."""

from joserfc import jwt

from gateway.domain.account import Account
from gateway.domain.signing_key import TOKEN_LIFE
from gateway.security.key_ring import ALGORITHM, KeyRing
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id

AUDIENCE = "atrium"
LIFE_SECONDS = int(TOKEN_LIFE.total_seconds())


class AccessTokens:
    """Signs access tokens (RFC 9068: typ at+jwt) for one issuer."""

    def __init__(self, keys: KeyRing, *, issuer: str, clock: Clock) -> None:
        """Sign with keys from this ring."""
        self._keys = keys
        self._issuer = issuer
        self._clock = clock

    def sign(self, account: Account, scopes: frozenset[str]) -> str:
        """Return a token for this person, good for these scopes."""
        key = self._keys.signing_key()
        issued_at = int(self._clock.now().timestamp())
        claims = {
            "iss": self._issuer,
            "aud": AUDIENCE,
            "sub": str(account.patron_id),
            "iat": issued_at,
            "exp": issued_at + LIFE_SECONDS,
            "jti": str(new_id()),
            "roles": sorted(account.roles),
            "patron_class": account.patron_class,
            "faculty": account.faculty,
            "level": account.level,
            "scope": " ".join(sorted(scopes)),
        }
        if account.libraries is not None:
            claims["libraries"] = sorted(str(library) for library in account.libraries)
        header = {"typ": "at+jwt", "alg": ALGORITHM, "kid": key.kid}
        return jwt.encode(header, claims, key, algorithms=[ALGORITHM])

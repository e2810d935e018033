"""One way to the campus and back: begun in one browser, good once, for ten minutes."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

FLOW_LIFE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInFlow:
    """What must fit when the browser comes back.

    `browser_hash` is of a cookie's secret, so that nobody finishes what another began; `verifier`
    is PKCE's (RFC 7636), `nonce` must stand in the ID token; `target` is where to go afterwards.
    """

    state_hash: bytes
    provider_id: UUID
    browser_hash: bytes
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    target: str
    begun_at: datetime

    def is_good(self, provider_id: UUID, browser_hash: bytes, now: datetime) -> bool:
        """Tell whether this browser may finish it with this provider now."""
        same = hmac.compare_digest(self.browser_hash, browser_hash)
        return same and self.provider_id == provider_id and now - self.begun_at < FLOW_LIFE


def new_verifier() -> str:
    """Return a PKCE code verifier of 64 characters (RFC 7636, 4.1)."""
    return secrets.token_urlsafe(48)


def challenge_of(verifier: str) -> str:
    """Return the S256 code challenge (RFC 7636, 4.2)."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")

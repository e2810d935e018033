"""A signed-in browser: remembered by the digest of a random cookie, for a limited time."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

NOTICE_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long a session lives unused, and at the longest."""

    idle: timedelta = timedelta(hours=12)
    absolute: timedelta = timedelta(days=7)


@dataclass(slots=True, kw_only=True)
class Session:
    """One browser in which a person has signed in.

    When the campus vouched for them, `provider_id` says which provider, and `sealed_id_token` what
    it is shown when they sign out there as well.
    """

    token_hash: bytes
    patron_id: UUID
    created_at: datetime
    last_seen_at: datetime
    provider_id: UUID | None = None
    sealed_id_token: str | None = field(default=None, repr=False)

    def is_alive(self, now: datetime, lifetimes: Lifetimes) -> bool:
        """Tell whether the session may still be used."""
        return (
            now - self.last_seen_at < lifetimes.idle and now - self.created_at < lifetimes.absolute
        )

    def should_be_noticed(self, now: datetime) -> bool:
        """Tell whether its use is worth a write: once a minute is exact enough."""
        return now - self.last_seen_at >= NOTICE_EVERY


def new_secret(prefix: str = "") -> str:
    """Return 256 random bits as URL-safe text."""
    return prefix + secrets.token_urlsafe(32)


def secret_hash(secret: str) -> bytes:
    """Return what is stored of a random secret; being random, it needs no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()

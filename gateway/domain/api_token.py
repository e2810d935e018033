"""A personal API token: shown once, stored as a digest, good for getting access tokens only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from gateway.domain.scopes import unknown_scopes
from shared.kernel.refusal import Violation

PREFIX = "atr_"
LONGEST_LIFE_DAYS = 366
LONGEST_NAME = 100
MOST_PER_PERSON = 20


@dataclass(slots=True, kw_only=True)
class ApiToken:
    """What is kept of a token; the token itself is known to its owner alone."""

    token_id: UUID
    patron_id: UUID
    name: str
    secret_hash: bytes
    scopes: frozenset[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None

    def is_good(self, now: datetime) -> bool:
        """Tell whether the token may still be used."""
        return self.revoked_at is None and now < self.expires_at


def violations_of(name: str, scopes: frozenset[str], days: int) -> Sequence[Violation]:
    """Return what speaks against such a token. One without scopes would be unlimited: refused."""
    found = []
    if not name.strip() or len(name) > LONGEST_NAME:
        found.append(Violation("token_name_length", {"field": "name", "most": LONGEST_NAME}))
    if unknown := unknown_scopes(scopes):
        found.append(Violation("unknown_scope", {"field": "scopes", "scope": ", ".join(unknown)}))
    if not scopes:
        found.append(Violation("missing", {"field": "scopes"}))
    if not 1 <= days <= LONGEST_LIFE_DAYS:
        found.append(Violation("token_life_length", {"field": "days", "most": LONGEST_LIFE_DAYS}))
    return found


def expiry(now: datetime, days: int) -> datetime:
    """Return when a token made now for so many days ends."""
    return now + timedelta(days=days)

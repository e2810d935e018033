"""Keys that sign access tokens: announced before they sign, published until their tokens ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

TOKEN_LIFE = timedelta(minutes=10)
CLOCK_SKEW = timedelta(minutes=1)
ANNOUNCED_FOR = timedelta(minutes=10)
ROTATED_EVERY = timedelta(days=30)


@dataclass(slots=True, kw_only=True)
class SigningKey:
    """One Ed25519 key; its private half is sealed with a key that is not in the database."""

    kid: str
    sealed_private: str
    public_jwk: dict[str, Any]
    signs_from: datetime
    published_until: datetime | None = None


def signing_now(keys: Sequence[SigningKey], now: datetime) -> SigningKey | None:
    """Return the key to sign with: the one that began last and is not yet to be withdrawn."""
    begun = [key for key in keys if key.signs_from <= now and is_published(key, now)]
    return max(begun, key=lambda key: (key.signs_from, key.kid), default=None)


def is_published(key: SigningKey, now: datetime) -> bool:
    """Tell whether the key's public half belongs in the published set."""
    return key.published_until is None or now < key.published_until


def withdraw_when_tokens_end(key: SigningKey, signs_until: datetime) -> None:
    """Plan the end of a key whose last token is signed just before `signs_until`."""
    key.published_until = signs_until + TOKEN_LIFE + CLOCK_SKEW


def rotation_is_due(keys: Sequence[SigningKey], now: datetime) -> bool:
    """Tell whether the newest key has signed long enough."""
    newest = max(keys, key=lambda key: key.signs_from, default=None)
    return newest is None or now - newest.signs_from >= ROTATED_EVERY

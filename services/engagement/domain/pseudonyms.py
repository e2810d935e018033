"""What stands in the ledger in place of a person."""

import hashlib
import hmac
from uuid import UUID

LEAST_KEY_BYTES = 16


class WeakKey(ValueError):
    """The pseudonym key is too short to keep anybody's secret."""


class Pseudonyms:
    """HMAC-SHA256 under the institution's own key.

    Without the key nobody can tell whose pseudonym it is, nor test a guess; with another key the
    same person has another pseudonym, so two institutions' ledgers cannot be joined.
    """

    def __init__(self, key: bytes) -> None:
        """Take the key; raises WeakKey below 16 bytes."""
        if len(key) < LEAST_KEY_BYTES:
            raise WeakKey(f"a pseudonym key has at least {LEAST_KEY_BYTES} bytes")
        self._key = key

    def of(self, patron_id: UUID) -> str:
        """Return the person's pseudonym: 64 hexadecimal digits."""
        return hmac.new(self._key, patron_id.bytes, hashlib.sha256).hexdigest()

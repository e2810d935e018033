"""The secret in the address of a personal calendar feed: shown once, kept as a hash."""

import hashlib
import secrets

KEY_BYTES = 32


def new_feed_key() -> str:
    """Return a fresh key of 43 characters that are safe in an address."""
    return secrets.token_urlsafe(KEY_BYTES)


def hash_of(key: str) -> bytes:
    """Return what is kept of a key. It is random, so a plain hash cannot be guessed back."""
    return hashlib.sha256(key.encode(errors="replace")).digest()

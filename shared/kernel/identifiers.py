"""Identifiers: time-ordered UUIDs (version 7, RFC 9562), so that an index grows at one end."""

import hashlib
from uuid import NAMESPACE_URL, UUID, uuid5

import uuid_utils.compat


def new_id() -> UUID:
    """Return a fresh version 7 UUID: unguessable in its 74 random bits, ordered by millisecond."""
    return UUID(bytes=uuid_utils.compat.uuid7().bytes)


def named_id(*parts: str) -> UUID:
    """Return the same version 5 UUID for the same words: for imports that may run twice."""
    return uuid5(NAMESPACE_URL, "atrium:" + ":".join(parts))


def lock_key(*parts: str) -> int:
    """Return a signed 64-bit number for PostgreSQL's advisory locks, equal for equal words."""
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)

"""Passwords: argon2id with OWASP's parameters (19 MiB, two passes, one lane)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Verified against when there is no account or no password, so that both answers take as long.
_NOBODYS_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$BiQU9c+K67DCC2RgDGvK5A$"
    "ja6346ciZ7Ov+9MRAJChH3bvWNnUUGwUbYq4cNLzPO8"
)


def hash_password(password: str) -> str:
    """Return what is stored instead of a password."""
    return _HASHER.hash(_bytes(password))


def is_right_password(password: str, stored: str | None) -> bool:
    """Tell whether the password is right; takes as long when there is none to compare with."""
    try:
        _HASHER.verify(stored or _NOBODYS_HASH, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def needs_new_hash(stored: str) -> bool:
    """Tell whether a hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(stored)


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")

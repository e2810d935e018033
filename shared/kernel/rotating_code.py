"""Six digits shown in a place, new each minute, that prove that somebody stands there.

A time-based one-time password (RFC 6238) with SHA-256 and a step of 60 s, so that any
authenticator or display that knows the place's secret shows the same digits.
"""

import hashlib
import hmac
from datetime import datetime

STEP_SECONDS = 60
DIGITS = 6


def code_at(secret: bytes, at: datetime) -> str:
    """Return the digits shown at an aware instant."""
    return one_time_password(secret, _step(at))


def code_valid(secret: bytes, code: str, at: datetime) -> bool:
    """Tell whether the digits are those of this minute or of the one before.

    The one before counts because people type after they have looked.
    """
    # Both are always compared, and in constant time: an answer's delay tells nothing.
    typed = code.strip().encode(errors="replace")
    matches = [
        hmac.compare_digest(one_time_password(secret, _step(at) - back).encode(), typed)
        for back in (0, 1)
    ]
    return any(matches)


def seconds_left(at: datetime) -> int:
    """Return for how many seconds the digits of an instant are still shown, from 1 to 60."""
    return STEP_SECONDS - int(at.timestamp()) % STEP_SECONDS


def one_time_password(secret: bytes, counter: int, *, digits: int = DIGITS) -> str:
    """Return the one-time password of a counter (RFC 4226 with SHA-256)."""
    digest = hmac.new(secret, counter.to_bytes(8, "big"), hashlib.sha256).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP_SECONDS

"""How long a sign-in must wait after repeated failures.

Three counters are kept: one for the account, one for the address, one for the pair of both. Whoever
tries from an address at which this account has signed in before is held up by the pair's counter
and not by the account's: a stranger's guessing slows strangers, never the owner at home.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

FORGET_FAILURES_AFTER = timedelta(hours=24)
REMEMBER_ADDRESS_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Patience:
    """How many failures pass without a pause, and how the pauses grow (doubling up to `most`)."""

    free_failures: int
    first: timedelta
    most: timedelta

    def pause_after(self, failures: int) -> timedelta:
        """Return the pause that so many failures earn."""
        beyond = failures - self.free_failures
        if beyond <= 0:
            return timedelta(0)
        return min(self.most, self.first * 2 ** min(beyond - 1, 20))


# An address may be a whole campus behind one gateway, so it is given far more patience.
PATIENCE = {
    "account": Patience(5, timedelta(seconds=15), timedelta(minutes=15)),
    "pair": Patience(5, timedelta(seconds=15), timedelta(minutes=15)),
    "address": Patience(100, timedelta(seconds=5), timedelta(minutes=5)),
}


@dataclass(slots=True)
class AttemptCounter:
    """Failures of late under one key; `key` is a digest, so that mistyped logins are not kept."""

    key: bytes
    kind: str
    failures: int = 0
    last_failed_at: datetime | None = None
    paused_until: datetime | None = None
    last_success_at: datetime | None = None

    def seconds_to_wait(self, now: datetime) -> int:
        """Return how many seconds are left of the pause, rounded up; 0 when there is none."""
        if self.paused_until is None or self.paused_until <= now:
            return 0
        return int((self.paused_until - now).total_seconds()) + 1

    def count_attempt(self, now: datetime) -> None:
        """Count an attempt as failed until it is known to have succeeded."""
        if self.last_failed_at is None or now - self.last_failed_at > FORGET_FAILURES_AFTER:
            self.failures = 0
        self.failures += 1
        self.last_failed_at = now
        pause = PATIENCE[self.kind].pause_after(self.failures)
        self.paused_until = now + pause if pause else None

    def forgive(self, now: datetime) -> None:
        """Note a success: the person is who they say. An address stays as it was, less this one."""
        if self.kind == "address":
            self.failures = max(0, self.failures - 1)
        else:
            self.failures = 0
            self.last_success_at = now
        self.paused_until = None

    def is_known(self, now: datetime) -> bool:
        """Tell whether a sign-in succeeded under this key not too long ago."""
        return (
            self.last_success_at is not None and now - self.last_success_at < REMEMBER_ADDRESS_FOR
        )


def counter_key(kind: str, *parts: str) -> bytes:
    """Return the digest under which attempts are counted."""
    text = "\x1f".join((kind, *parts))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()

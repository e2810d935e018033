"""Where requests are counted: in one process, without a thread, or on a server for all of them."""

import re
import time
from collections.abc import Callable
from threading import Lock

from limits.errors import ConfigurationError
from limits.storage import Storage, storage_from_string
from limits.storage.base import SlidingWindowCounterSupport

from shared.kernel.settings import SettingError

PATIENCE_SECONDS = 0.5


def open_storage(address: str) -> Storage:
    """Return what an address stands for, not yet asked anything; raises SettingError for none."""
    if address == "memory://":
        return ProcessStorage()
    scheme = address.partition(":")[0]
    try:
        storage = storage_from_string(address, **_patience(scheme))
    except Exception as error:  # whatever a server's library says of an address
        msg = f"ATRIUM_RATE_STORAGE {scheme!r} cannot be used: {_reason_of(error)}."
        raise SettingError(msg) from error
    if not isinstance(storage, Storage):  # an asynchronous one: nobody here would wait for it
        raise SettingError(f"ATRIUM_RATE_STORAGE {scheme!r} cannot be used: it is asynchronous.")
    return storage


def _patience(scheme: str) -> dict[str, float]:
    """Return how long Redis is waited for: a request that is only counted is in a hurry."""
    if not scheme.startswith("redis"):
        return {}
    return {"socket_connect_timeout": PATIENCE_SECONDS, "socket_timeout": PATIENCE_SECONDS}


def _reason_of(error: Exception) -> str:
    """Say why without repeating the address: it may hold a password."""
    if isinstance(error, ConfigurationError):
        missing = re.match("'([a-z]+)' prerequisite not available", str(error))
        return f"the Python package {missing[1]} is missing" if missing else "there is no such kind"
    return "the address is none"


class ProcessStorage(Storage, SlidingWindowCounterSupport):
    """A count per caller for the present window and for the one before.

    The library's own memory storage starts a thread a hundred times a second under load, which
    cost a fifth of a request here. Callers not seen for two windows are forgotten when a window
    turns.
    """

    STORAGE_SCHEME = None  # chosen in code, not by an address

    def __init__(self, *, now: Callable[[], float] = time.time) -> None:
        """Count with this clock, in seconds since any fixed instant."""
        super().__init__()
        self._now = now
        self._lock = Lock()
        self._windows: dict[int, int] = {}
        self._counts: dict[int, tuple[dict[str, int], dict[str, int]]] = {}

    def acquire_sliding_window_entry(
        self, key: str, limit: int, expiry: int, amount: int = 1
    ) -> bool:
        """Count and tell whether the window, sliding over both counts, still has room."""
        with self._lock:
            before, now, passed = self._window(expiry)
            weighted = before.get(key, 0) * (1 - passed) + now.get(key, 0)
            if int(weighted) + amount > limit:
                return False
            now[key] = now.get(key, 0) + amount
            return True

    def get_sliding_window(self, key: str, expiry: int) -> tuple[int, float, int, float]:
        """Return both counts, each with the seconds it still counts for."""
        with self._lock:
            before, now, passed = self._window(expiry)
            left = (1 - passed) * expiry
            return before.get(key, 0), left, now.get(key, 0), left + expiry

    def clear_sliding_window(self, key: str, expiry: int) -> None:
        """Forget one caller."""
        with self._lock:
            before, now, _ = self._window(expiry)
            before.pop(key, None)
            now.pop(key, None)

    def _window(self, expiry: int) -> tuple[dict[str, int], dict[str, int], float]:
        """Return the counts of the window before, of this one, and how much of it has passed."""
        number, passed = divmod(self._now() / expiry, 1)
        known = self._windows.get(expiry)
        if known != number:
            before = self._counts[expiry][1] if known == number - 1 else {}
            self._counts[expiry] = (before, {})
            self._windows[expiry] = int(number)
        before, now = self._counts[expiry]
        return before, now, passed

    @property
    def base_exceptions(self) -> type[Exception]:
        """Nothing of its own can fail."""
        return KeyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Not part of a sliding window."""
        raise NotImplementedError

    def get(self, key: str) -> int:
        """Not part of a sliding window."""
        raise NotImplementedError

    def get_expiry(self, key: str) -> float:
        """Not part of a sliding window."""
        raise NotImplementedError

    def check(self) -> bool:
        """Memory is always there."""
        return True

    def reset(self) -> int | None:
        """Forget everybody."""
        with self._lock:
            self._windows.clear()
            self._counts.clear()
        return None

    def clear(self, key: str) -> None:
        """Not part of a sliding window."""
        raise NotImplementedError

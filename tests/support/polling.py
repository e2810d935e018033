"""Wait for something that happens elsewhere, with a deadline instead of a sleep."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

STEP_SECONDS = 0.01


def eventually(check: Callable[[], T], within: float = 30.0, step: float = STEP_SECONDS) -> T:
    """Return the first true answer of `check`; its last failure is raised after `within` seconds.

    An AssertionError counts as "not yet"; every other error ends the wait at once.
    """
    deadline = time.monotonic() + within
    while True:
        failure: AssertionError | None = None
        try:
            if answer := check():
                return answer
        except AssertionError as not_yet:
            failure = not_yet
        if time.monotonic() >= deadline:
            raise failure or AssertionError(f"still {answer!r} after {within} s")
        time.sleep(step)

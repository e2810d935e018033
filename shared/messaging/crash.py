"""Named places where a test may kill the process, so that every order of dying is tried."""

import os
import signal
from collections import Counter

SETTING = "ATRIUM_CRASH_AT"
PASSES = "ATRIUM_CRASH_PASS"

POINTS = (
    "outbox.before_commit",
    "outbox.after_commit",
    "relay.stamped",
    "relay.before_publish",
    "relay.sent",
    "relay.confirmed",
    "relay.marked",
    "reception.heard",
    "reception.reacted",
    "reception.committed",
    "reception.acknowledged",
)

_passed: Counter[str] = Counter()


def point(name: str) -> None:
    """Kill this process (SIGKILL) when ATRIUM_CRASH_AT names this point; nothing otherwise.

    ATRIUM_CRASH_PASS says at which pass it dies: 1, the first, unless set.
    """
    if os.environ.get(SETTING) != name:
        return
    _passed[name] += 1
    if _passed[name] >= int(os.environ.get(PASSES, "1")):
        os.kill(os.getpid(), signal.SIGKILL)

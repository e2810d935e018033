"""What every stranger gets alike, kept for some seconds.

Visitors who are not signed in all come to the services from the gateway's own address; asked once
for all of them, a busy entrance page stays within one address's request limit.
"""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any

KEPT_SECONDS = 15.0
MOST_KEPT = 500


class PublicAnswers:
    """A small store of answers to questions asked without a token."""

    def __init__(self) -> None:
        """Begin empty."""
        self._lock = threading.Lock()
        self._kept: dict[Hashable, tuple[float, Any]] = {}

    def get(self, question: Hashable, ask: Callable[[], Any]) -> Any:
        """Return the answer kept for a question, or ask; what `ask` raises is not kept."""
        kept = self._kept.get(question)
        if kept is not None and time.monotonic() < kept[0]:
            return kept[1]
        answer = ask()
        with self._lock:
            while len(self._kept) >= MOST_KEPT:
                del self._kept[next(iter(self._kept))]  # the one asked longest ago
            self._kept.pop(question, None)
            self._kept[question] = (time.monotonic() + KEPT_SECONDS, answer)
        return answer

"""Acts in the order of their instants, each done when the clock has come to it."""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

from shared.kernel.clock import SetClock

Action = Callable[[], object]


class Timeline:
    """A queue of actions by instant; an action may add further ones, also in its own past."""

    def __init__(self, clock: SetClock) -> None:
        """Move this clock."""
        self.clock = clock
        self._queue: list[tuple[datetime, int, Action]] = []
        self._order = count()

    def __len__(self) -> int:
        """How many actions are still to be done."""
        return len(self._queue)

    def at(self, instant: datetime, action: Action) -> None:
        """Do something at an aware instant; equal instants keep the order of adding."""
        heapq.heappush(self._queue, (instant, next(self._order), action))

    def every(self, step: timedelta, first: datetime, last: datetime, action: Action) -> None:
        """Do something again and again, from the first instant to the last."""
        while first <= last:
            self.at(first, action)
            first += step

    def run_until(self, end: datetime) -> int:
        """Do everything due before an instant and return how much it was; the rest stays undone."""
        done = 0
        while self._queue and self._queue[0][0] < end:
            instant, _, action = heapq.heappop(self._queue)
            self.clock.set(max(instant, self.clock.now()))
            action()
            done += 1
        return done

"""Keep going: what fails is tried again after pauses that grow, and is heard of in the log."""

import logging
import threading
from collections.abc import Callable

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from shared.messaging.refusals import BrokerUnavailable, Unroutable

log = logging.getLogger("atrium.messaging")

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0


class Pauses:
    """Pauses that double from the first to the longest, and start over after a success."""

    def __init__(self, first: float = FIRST_PAUSE, longest: float = LONGEST_PAUSE) -> None:
        """Begin with the first pause, in seconds."""
        self._first = self._next = first
        self._longest = longest

    def next(self) -> float:
        """Return the length of the pause to make now."""
        now, self._next = self._next, min(self._next * 2, self._longest)
        return now

    def start_over(self) -> None:
        """Begin with the first pause again."""
        self._next = self._first


def is_outage(error: BaseException) -> bool:
    """Tell a broker or database that is away from a mistake of ours."""
    if isinstance(error, BrokerUnavailable | Unroutable):
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return isinstance(error, OperationalError | InterfaceError)


def persistently(
    name: str, work: Callable[[Callable[[], None]], None], stop: threading.Event
) -> None:
    """Call `work` until `stop` is set; whatever it raises is logged, and it is called again.

    `work` is given a function to call when it got on, so that the pauses start over.
    """
    pauses = Pauses()
    while not stop.is_set():
        try:
            work(pauses.start_over)
        except Exception as error:  # noqa: BLE001  # the thread must outlive every mistake
            pause = pauses.next()
            report = log.warning if is_outage(error) else log.exception
            report("%s stopped and goes on in %.1f s: %s", name, pause, error)
            stop.wait(pause)

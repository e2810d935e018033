"""Do many things one after the other so that one that cannot be done stops none behind it."""

import logging
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

log = logging.getLogger("atrium.jobs")

MOST_NAMED = 20
K = TypeVar("K", bound=Hashable)


class LeftUndone(Exception):
    """Some of what a job had to do failed; the rest was done. `keys` says what was left."""

    def __init__(self, what: str, keys: list[object], tried: int) -> None:
        """Name what failed, and out of how many."""
        named = ", ".join(str(key) for key in keys[:MOST_NAMED])
        more = f" and {len(keys) - MOST_NAMED} more" if len(keys) > MOST_NAMED else ""
        super().__init__(f"{what}: {len(keys)} of {tried} failed: {named}{more}")
        self.keys = keys


def one_by_one(what: str, keys: Iterable[K], do: Callable[[K], int]) -> int:
    """Do each and return the sum of what `do` returned; `do` makes a transaction of its own.

    A failure is logged with its key and does not keep the others from their turn; at the end
    LeftUndone is raised from the first one, so that the job counts as failed.
    """
    done = tried = 0
    failed: list[object] = []
    first: Exception | None = None
    for key in keys:
        tried += 1
        try:
            done += do(key)
        except Exception as error:  # noqa: BLE001  # logged here, and raised when all had their turn
            log.error("%s: %s failed: %s", what, key, _in_a_line(error))  # noqa: TRY400  # the first one's trace is raised below
            failed.append(key)
            first = first or error
    if failed:
        raise LeftUndone(what, failed, tried) from first
    return done


def _in_a_line(error: Exception) -> str:
    """Return what went wrong; of a database's error without statement and values."""
    told = getattr(error, "orig", None) or error
    return f"{type(told).__name__}: {told}".partition("\n")[0]

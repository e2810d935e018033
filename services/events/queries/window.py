"""The time somebody looks through for activities."""

from datetime import UTC, datetime

from services.events.domain import errors
from shared.kernel.refusal import Violation
from shared.kernel.wall_clock import on_the_wall


def require_forwards(since: datetime | None, until: datetime | None) -> None:
    """Raise WindowMakesNoSense for a time that ends before it begins: nothing is ever found there.

    An instant is no such time: what runs then is found.
    """
    if since is None or until is None or since <= until:
        return
    numbers = {"from": on_the_wall(since, UTC), "to": on_the_wall(until, UTC)}
    raise errors.WindowMakesNoSense().because([Violation("window_reversed", numbers)])

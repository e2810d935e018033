"""Whoever stands in a free space may have it from now on: the stay to offer them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from gateway.pages import services
from gateway.pages.wish import LENGTHS
from gateway.pages.wording import on_the_wire
from gateway.parts import current_parts

USUAL = 60


def free_now(space: Mapping[str, Any]) -> dict[str, str] | None:
    """Return the stay the rules allow the visitor here from now on, None when there is none.

    An hour where that fits, else the longest of the usual shorter ones, else the shortest longer
    one. It is an offer: who gets the space is decided when it is taken.
    """
    shorter = [minutes for minutes in reversed(LENGTHS) if minutes < USUAL]
    longer = [minutes for minutes in LENGTHS if minutes > USUAL]
    for minutes in (USUAL, *shorter, *longer[:1]):
        starts = _starts(space, minutes)
        if starts:
            return {"starts_at": starts[-1], "minutes": str(minutes)}
    return None


def _starts(space: Mapping[str, Any], minutes: int) -> list[str]:
    """Return the starts until now at which a stay of so many minutes is not over yet."""
    now = current_parts().clock.now().replace(second=0, microsecond=0)
    question = {
        "from": on_the_wire(now - timedelta(minutes=minutes)),
        "to": on_the_wire(now + timedelta(minutes=minutes)),
        "minutes": minutes,
        "library": space["library_id"],
        "space": space["id"],
    }
    found = services.booking().availability(question)["items"]
    return [start for one in found for start in one["starts"]]

"""The activities somebody has signed up for: what is to come, what has been."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from gateway.pages import services, visitor

Json = dict[str, Any]
LIVE = ("confirmed", "offered", "waitlisted")
MOST = 200
"""As many as a page of the service holds: nobody is told of more than their latest."""


def coming(now: datetime) -> Sequence[Json] | None:
    """Return what the visitor waits for, the soonest first, what was called off included.

    None where the service does not answer.
    """
    found = _all()
    if found is None:
        return None
    return sorted((one for one in found if _is_coming(one, now)), key=_start)


def holding(now: datetime) -> Sequence[Json] | None:
    """Return those of them that still hold: a place, an offer, a wait."""
    found = coming(now)
    return None if found is None else [one for one in found if one["status"] in LIVE]


def past(now: datetime) -> Sequence[Json] | None:
    """Return all the others, the latest first; None where the service does not answer."""
    found = _all()
    if found is None:
        return None
    return sorted((one for one in found if not _is_coming(one, now)), key=_start, reverse=True)


def standings() -> dict[str, str]:
    """Return how the visitor's sign-ups stand that still hold, by activity; none for strangers."""
    if visitor.account_or_none() is None:
        return {}
    return {one["library_event_id"]: one["status"] for one in _all() or () if one["status"] in LIVE}


def _all() -> Sequence[Json] | None:
    events = services.events()
    return services.if_it_answers(lambda: events.my_registrations(limit=MOST))


def _is_coming(sign_up: Json, now: datetime) -> bool:
    activity = sign_up["library_event"]
    if datetime.fromisoformat(activity["ends_at"]) <= now:
        return False
    called_off = activity["status"] == "cancelled" and sign_up["status"] == "cancelled"
    return called_off or sign_up["status"] in LIVE


def _start(sign_up: Json) -> datetime:
    return datetime.fromisoformat(sign_up["library_event"]["starts_at"])

"""What visitors put into forms, read with care: nonsense becomes the default, never an error."""

from collections.abc import Container
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import request
from werkzeug.datastructures import MultiDict

from gateway.clients.service import IN_FLIGHT, ApiProblem
from shared.kernel.identifiers import new_id


def form_key() -> str:
    """Return the key the form was rendered with, so that sending it twice acts once."""
    key = request.form.get("idempotency_key", "")
    return key if 0 < len(key) <= 100 and key.isascii() and key.isprintable() else str(new_id())


def key_after(problem: ApiProblem | None) -> str:
    """Return the key of a form shown again: a fresh one, or the same while the first is at work."""
    return form_key() if problem and problem.code == IN_FLIGHT else str(new_id())


def values() -> MultiDict[str, str]:
    """Return what was sent, be it in the address or in a form."""
    return request.form if request.method == "POST" else request.args


def whole_number(name: str, default: int, *, least: int = 1, most: int = 100_000) -> int:
    """Return a number within its bounds; the nearest bound, or the default for no number."""
    text = values().get(name, "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return default
    return max(least, min(most, int(text)))


def day(name: str, default: date) -> date:
    """Return a day; the default for what is none."""
    try:
        found = date.fromisoformat(values().get(name, ""))
    except ValueError:
        return default
    return found if 2000 <= found.year < 2200 else default


def clock(name: str, default: time) -> time:
    """Return a time of day in whole minutes; the default for what is none."""
    found = clock_or_none(name)
    return default if found is None else found


def clock_or_none(name: str) -> time | None:
    """Return a time of day in whole minutes, or None."""
    try:
        return time.fromisoformat(values().get(name, "")).replace(
            second=0, microsecond=0, tzinfo=None
        )
    except ValueError:
        return None


def identifier(name: str) -> UUID | None:
    """Return an id, or None."""
    try:
        return UUID(values().get(name, ""))
    except ValueError:
        return None


def one_of(name: str, allowed: Container[str], default: str = "") -> str:
    """Return a word from a closed list; the default for any other."""
    text = values().get(name)
    return text if text is not None and text in allowed else default


def instant(on: date, at: time, timezone: str) -> datetime:
    """Return the instant a wall clock shows this; of two, the first (RFC 5545)."""
    return datetime.combine(on, at, ZoneInfo(timezone))

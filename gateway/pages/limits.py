"""Limits a person has reached: another try is refused alike, until some of them counts anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gateway.clients.service import ApiProblem

COUNTED = frozenset({"quota_count_day", "quota_count_week"})
TIMED = frozenset({"quota_minutes_day", "quota_minutes_week"})
AHEAD = "too_many_ahead"


@dataclass(frozen=True, slots=True)
class Limit:
    """What holds a person back; `counts_anew_on` is the day from which all of it does, if one is.

    `shorter_would_do` when a stay of less time may still be had.
    """

    counts_anew_on: date | None
    shorter_would_do: bool


def limit_reached(problem: ApiProblem | None) -> Limit | None:
    """Return the limit of the person's that a refusal is about, or None when it is about others."""
    violations = problem.violations if problem else []
    limits = [one for one in violations if one["code"] in COUNTED | TIMED | {AHEAD}]
    if not limits:
        return None
    days = [date.fromisoformat(one["numbers"]["frees_on"]) for one in limits if _by_day(one)]
    return Limit(
        counts_anew_on=max(days) if len(days) == len(limits) else None,
        shorter_would_do=all(_leaves_some(one) for one in limits),
    )


def _by_day(violation: Mapping[str, Any]) -> bool:
    return violation["code"] != AHEAD


def _leaves_some(violation: Mapping[str, Any]) -> bool:
    return violation["code"] in TIMED and int(violation["numbers"]["remaining"]) > 0

"""Where a move leads: the plan at another time, and what becomes of its sign-up window."""

from datetime import datetime, timedelta

import pytest

from services.events.domain.move import moved
from services.events.domain.plan import Plan
from services.events.domain.plan_rules import violations_of
from tests.support.event_builders import NOW, a_plan_elsewhere

DAY = timedelta(days=1)
START = NOW + 10 * DAY


def a_window(opens: float | None, closes: float | None) -> Plan:
    """A plan of an activity in ten days; the window in days from now."""
    return a_plan_elsewhere(
        starts_at=START,
        signup_opens_at=None if opens is None else NOW + opens * DAY,
        signup_closes_at=None if closes is None else NOW + closes * DAY,
    )


def days(instant: datetime | None) -> float | None:
    return None if instant is None else (instant - NOW) / DAY


@pytest.mark.parametrize(
    ("window", "to", "expected"),
    [
        ((None, None), 12, (None, None)),
        ((None, 8), 12, (None, 10)),
        ((-1, 8), 12, (-1, 10)),
        ((1, 8), 12, (3, 10)),
        ((-1, 8), 7, (-1, 5)),
        ((-1, 8), 1, (-1, 1)),
        ((-3, -1), 12, (-3, 1)),
        ((-3, -1), 5, (-3, -1)),
        ((1, 2), 1, (-8, 1)),
    ],
    ids=[
        "no window stays none",
        "the closing keeps its distance to the start",
        "what has opened stays open",
        "what has not opened moves along",
        "also to an earlier day",
        "what would have closed by now closes with the start",
        "what had closed opens again when there is time",
        "and stays closed when there is none",
        "what would be over before it opened opens at once",
    ],
)
def test_the_sign_up_window_stays_sensible(
    window: tuple[float | None, float | None],
    to: float,
    expected: tuple[float | None, float | None],
) -> None:
    starts_at = NOW + to * DAY
    there = moved(
        a_window(*window),
        {"starts_at": starts_at, "ends_at": starts_at + DAY},
        now=NOW,
    )
    assert (days(there.signup_opens_at), days(there.signup_closes_at)) == expected
    assert violations_of(there, None) == []

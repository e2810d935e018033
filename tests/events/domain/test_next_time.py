"""A copy takes place on the same weekday and wall time, soon."""

from datetime import UTC, datetime, timedelta

import pytest

from services.events.domain.next_time import next_time

MONDAY_EVENING = datetime(2026, 3, 23, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days_later", "expected"),
    [(-3, 30), (0, 30), (6, 30), (7, 37), (8, 37)],
    ids=["before it", "that very moment", "that week", "a week later exactly", "in the next week"],
)
def test_the_next_time_lies_whole_weeks_on_and_in_the_future(days_later, expected):
    now = MONDAY_EVENING + timedelta(days=days_later)
    assert next_time(MONDAY_EVENING, "Asia/Shanghai", now=now) == datetime(
        2026, 3, 1, 18, 0, tzinfo=UTC
    ) + timedelta(days=expected - 1)


def test_the_wall_time_stays_when_summer_time_begins():
    found = next_time(MONDAY_EVENING, "Europe/Vienna", now=MONDAY_EVENING)
    assert found == datetime(2026, 3, 30, 17, 0, tzinfo=UTC)

"""A span lasts its minutes, whatever the wall clock does meanwhile."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from shared.kernel.time_span import TimeSpan


@pytest.mark.parametrize("day", [28, 29], ids=["the hour that is missing", "an ordinary day"])
def test_two_hours_from_midnight_are_two_hours_in_any_zone(day: int) -> None:
    midnight = datetime(2027, 3, day, 0, 30, tzinfo=ZoneInfo("Europe/London"))
    assert TimeSpan.lasting(midnight, 120).minutes == 120


def test_a_naive_instant_is_no_start() -> None:
    with pytest.raises(ValueError, match="aware"):
        TimeSpan.lasting(datetime(2027, 3, 28), 60)  # noqa: DTZ001 - naive on purpose

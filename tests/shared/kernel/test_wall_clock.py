"""Instants on the clock on the wall are instants that can be sent back (RFC 3339)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from shared.kernel.wall_clock import on_the_wall
from shared.web.fields import UtcDateTime

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("instant", "told"),
    [
        (datetime(2026, 11, 27, 3, 30, tzinfo=UTC), "2026-11-27T11:30:00+08:00"),
        (datetime(2026, 11, 27, 3, 30, 59, 999_999, tzinfo=UTC), "2026-11-27T11:30:59+08:00"),
        (datetime(1900, 1, 1, tzinfo=UTC), "1900-01-01T00:00:00+00:00"),
    ],
)
def test_an_instant_has_its_seconds_and_an_offset_in_minutes(instant: datetime, told: str) -> None:
    assert on_the_wall(instant, SHANGHAI) == told
    assert UtcDateTime().deserialize(told) == instant.replace(microsecond=0)

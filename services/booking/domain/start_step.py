"""Permitted starts lie on multiples of a step after local midnight."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


def past_step(instant: datetime, step_minutes: int, timezone: ZoneInfo) -> timedelta:
    """Return how long ago, on the wall clock, the last permitted start was; nothing when on one."""
    wall = instant.astimezone(timezone)
    since_midnight = timedelta(
        hours=wall.hour, minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond
    )
    return since_midnight % timedelta(minutes=step_minutes)

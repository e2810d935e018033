"""When a copied activity takes place if nobody says: the same weekday and wall time, soon."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

WEEK = timedelta(weeks=1)


def next_time(starts_at: datetime, timezone: str, *, now: datetime) -> datetime:
    """Return the first start, whole weeks after the old one, that lies after `now`.

    Weeks are counted on the library's clock: 19:00 stays 19:00 when summer time changes.
    """
    zone = ZoneInfo(timezone)
    wall = starts_at.astimezone(zone).replace(tzinfo=None)
    here = now.astimezone(zone).replace(tzinfo=None)
    weeks = max(1, (here - wall) // WEEK + 1)
    return (wall + weeks * WEEK).replace(tzinfo=zone).astimezone(UTC)

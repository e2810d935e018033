"""Instants as the clock on a wall shows them, for people and for programs that send them back."""

from datetime import UTC, datetime, timedelta, tzinfo

_MINUTE = timedelta(minutes=1)


def on_the_wall(instant: datetime, timezone: tzinfo) -> str:
    """Return an instant in RFC 3339 on a time zone's clock, to the second, its offset beside it."""
    local = instant.astimezone(timezone)
    offset = local.utcoffset()
    # RFC 3339 writes no seconds in an offset; some zones had them before there was standard time.
    if offset is None or offset % _MINUTE:
        local = instant.astimezone(UTC)
    return local.isoformat(timespec="seconds")

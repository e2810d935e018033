"""Quotas: how much of a day or week a person has used, and what is left.

Days and weeks are the library's: a week goes from Monday to Sunday, a day from one local midnight
to the next (23 or 25 hours when the clock changes). Minutes are counted as they really pass and
belong to the day they fall on; a reservation is counted once, on the day it starts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from services.booking.domain.opening_hours import instant_of
from services.booking.domain.rulebook import Quota
from shared.kernel.refusal import Violation
from shared.kernel.time_span import TimeSpan

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Use:
    """One reservation of a person that counts: what was cancelled in time does not."""

    reservation_id: UUID
    library_id: UUID
    space_type: str
    during: TimeSpan
    active: bool
    ended_at: datetime | None = None

    @property
    def used(self) -> TimeSpan | None:
        """The time that counts: who checks out early gets the rest back; None for nothing."""
        if self.ended_at is None or self.ended_at >= self.during.end:
            return self.during
        return TimeSpan(self.during.start, self.ended_at) if self._was_there else None

    @property
    def _was_there(self) -> bool:
        return self.ended_at is not None and self.ended_at > self.during.start


def exceeded(
    quota: Quota, asked: Use, others: Sequence[Use], timezone: ZoneInfo
) -> Iterator[Violation]:
    """Yield a violation for every day or week in which the quota would be exceeded."""
    counted = [other for other in others if _in_scope(quota, asked, other)]
    for first_day in _periods(quota, asked.during, timezone):
        period = _period(quota, first_day, timezone)
        used = sum(_amount(quota, other.used, period) for other in counted)
        wanted = _amount(quota, asked.during, period)
        if wanted and used + wanted > quota.limit:
            yield Violation(
                f"quota_{quota.unit}_{quota.period}",
                _numbers(quota, used, wanted, first_day),
            )


def week_around(span: TimeSpan, timezone: ZoneInfo) -> TimeSpan:
    """Return the whole local weeks that a span touches: all the usage its quotas may need."""
    first, last = _local_days(span, timezone)
    monday = first - _ONE_DAY * first.weekday()
    next_monday = last + _ONE_DAY * (7 - last.weekday())
    return TimeSpan(instant_of(monday, 0, timezone), instant_of(next_monday, 0, timezone))


def _in_scope(quota: Quota, asked: Use, other: Use) -> bool:
    if other.library_id != asked.library_id:
        return False
    return quota.scope == "library" or other.space_type == asked.space_type


def _periods(quota: Quota, span: TimeSpan, timezone: ZoneInfo) -> list[date]:
    first, last = _local_days(span, timezone)
    days = [first + _ONE_DAY * n for n in range((last - first).days + 1)]
    if quota.period == "week":
        return sorted({day - _ONE_DAY * day.weekday() for day in days})
    return days


def _local_days(span: TimeSpan, timezone: ZoneInfo) -> tuple[date, date]:
    """Return the first and the last local day of a span; ending at midnight is the day before."""
    last_instant = span.end - timedelta(microseconds=1)
    return span.start.astimezone(timezone).date(), last_instant.astimezone(timezone).date()


def _period(quota: Quota, first_day: date, timezone: ZoneInfo) -> TimeSpan:
    return TimeSpan(
        instant_of(first_day, 0, timezone), instant_of(_next_period(quota, first_day), 0, timezone)
    )


def _next_period(quota: Quota, first_day: date) -> date:
    return first_day + _ONE_DAY * (7 if quota.period == "week" else 1)


def _amount(quota: Quota, used: TimeSpan | None, period: TimeSpan) -> int:
    if used is None or not used.overlaps(period):
        return 0
    if quota.unit == "count":
        return int(period.contains(used.start))
    return TimeSpan(max(used.start, period.start), min(used.end, period.end)).minutes


def _numbers(quota: Quota, used: int, wanted: int, first_day: date) -> dict[str, int | str]:
    return {
        "asked": wanted,
        "used": used,
        "limit": quota.limit,
        "remaining": max(0, quota.limit - used),
        "day": first_day.isoformat(),
        "frees_on": _next_period(quota, first_day).isoformat(),
        "scope": quota.scope,
    }

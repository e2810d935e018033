"""A stretch of time: half-open, aware, UTC."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class TimeSpan:
    """From `start` until just before `end`, UTC; ending at ten does not meet starting at ten."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        """Refuse naive instants and spans that do not last, with ValueError."""
        if self.start.tzinfo is None or self.end.tzinfo is None:
            msg = "a time span needs aware instants"
            raise ValueError(msg)
        if self.start >= self.end:
            msg = "a time span ends after it starts"
            raise ValueError(msg)
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))

    @classmethod
    def lasting(cls, start: datetime, minutes: int) -> Self:
        """Return the span of so many minutes from an aware instant; ValueError for a naive one."""
        if start.tzinfo is None:
            msg = "a time span needs aware instants"
            raise ValueError(msg)
        start_utc = start.astimezone(UTC)  # elapsed minutes, whatever the wall clock does
        return cls(start_utc, start_utc + timedelta(minutes=minutes))

    @property
    def minutes(self) -> int:
        """Whole minutes of elapsed time, whatever the wall clock did meanwhile."""
        return int((self.end - self.start).total_seconds() // 60)

    def overlaps(self, other: Self) -> bool:
        """Tell whether the two share an instant."""
        return self.start < other.end and other.start < self.end

    def contains(self, instant: datetime) -> bool:
        """Tell whether the instant lies in the span; its end does not."""
        return self.start <= instant < self.end

    def encloses(self, other: Self) -> bool:
        """Tell whether all of the other lies in this one."""
        return self.start <= other.start and other.end <= self.end

    def covering(self, other: Self) -> Self:
        """Return the shortest span that encloses both."""
        return type(self)(min(self.start, other.start), max(self.end, other.end))

    def padded(self, before_minutes: int, after_minutes: int) -> Self:
        """Return the span with minutes added on both sides."""
        return type(self)(
            self.start - timedelta(minutes=before_minutes),
            self.end + timedelta(minutes=after_minutes),
        )

"""The one place where the present comes from."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant, always UTC and aware."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's present instant in UTC."""
        return datetime.now(UTC)


class SetClock:
    """A clock that stands where it was put: for tests and for replaying a sample campus's past."""

    def __init__(self, at: datetime) -> None:
        """Stand at an aware instant; a naive one is refused with ValueError."""
        self.set(at)

    def set(self, at: datetime) -> None:
        """Move to an aware instant, forwards or backwards."""
        if at.tzinfo is None:
            msg = "a clock is set to an aware instant"
            raise ValueError(msg)
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Return the instant the clock stands at."""
        return self._at

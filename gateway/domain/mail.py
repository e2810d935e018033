"""One mail on its way: due, sent, dropped because it was out of date, or parked for somebody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from gateway.domain import errors

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=30)
GIVES_UP_AFTER = timedelta(days=3)
LONGEST_REASON = 500


class Status(StrEnum):
    """How far a mail has come."""

    DUE = "due"
    SENT = "sent"
    DROPPED = "dropped"
    """Not wanted, or out of date when its turn came."""
    PARKED = "parked"
    """Cannot be delivered; the reason says why."""


class MailRefused(Exception):
    """The server will never take this mail; the text is its answer."""


class MailDelayed(Exception):
    """The server does not take this mail now, others it may."""


class MailServerDown(Exception):
    """The server takes no mail now, or would not let us in."""


@dataclass(slots=True, kw_only=True)
class Mail:
    """The delivery of one notice."""

    notice_id: UUID
    due_since: datetime
    status: Status = Status.DUE
    attempts: int = 0
    next_attempt_at: datetime
    reason: str | None = None
    done_at: datetime | None = None

    def sent(self, now: datetime) -> None:
        """Note that the server has it."""
        self.attempts += 1
        self._end(Status.SENT, None, now)

    def drop(self, reason: str, now: datetime) -> None:
        """Let it go."""
        self._end(Status.DROPPED, reason, now)

    def park(self, reason: str, now: datetime) -> None:
        """Give up until somebody says otherwise."""
        self.attempts += 1
        self._end(Status.PARKED, reason, now)

    def delay(self, reason: str, now: datetime, chance: float) -> None:
        """Try again after a pause that grows with the attempts; parked when it went on too long.

        `chance` from 0 to 1 spreads the pauses by a quarter either way, so that mails that failed
        together do not come back together.
        """
        if now - self.due_since >= GIVES_UP_AFTER:
            self.park(reason, now)
            return
        self.attempts += 1
        self.reason = reason[:LONGEST_REASON]
        self.next_attempt_at = now + pause_after(self.attempts, chance)

    def retry(self, now: datetime) -> None:
        """Try anew at once; raises MailNotParked."""
        if self.status is not Status.PARKED:
            raise errors.MailNotParked(status=self.status.value)
        self.status = Status.DUE
        self.next_attempt_at = now
        self.due_since = now
        self.done_at = None

    def _end(self, status: Status, reason: str | None, now: datetime) -> None:
        self.status = status
        self.reason = None if reason is None else reason[:LONGEST_REASON]
        self.done_at = now


def pause_after(attempts: int, chance: float, longest: timedelta = LONGEST_PAUSE) -> timedelta:
    """Return the pause after so many attempts: half a minute, doubled each time, up to a limit."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(attempts - 1, 16)
    return min(doubled, longest) * (0.75 + chance / 2)

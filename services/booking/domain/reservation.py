"""A reservation: one person's hold of one space, its states and what may follow what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from services.booking.domain import errors
from services.booking.domain.rulebook import RuleBody
from shared.contracts import booking as messages
from shared.kernel.time_span import TimeSpan


class Status(StrEnum):
    """Where a reservation stands; a closed set."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    CHECKED_IN = "checked_in"
    AWAY = "away"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    LEFT_EARLY = "left_early"
    RELEASED = "released"
    REJECTED = "rejected"
    EXPIRED = "expired"


ACTIVE = frozenset({Status.CONFIRMED, Status.CHECKED_IN, Status.AWAY})
"""While in one of these, nobody else can have the space then."""

COUNTED = ACTIVE | {Status.PENDING, Status.COMPLETED, Status.LEFT_EARLY, Status.NO_SHOW}
"""What quotas count: a no-show has kept the space from others, a request waits for an answer."""

MAY_BECOME: Mapping[Status, frozenset[Status]] = MappingProxyType(
    {
        Status.PENDING: frozenset(
            {Status.CONFIRMED, Status.REJECTED, Status.EXPIRED, Status.CANCELLED}
        ),
        Status.CONFIRMED: frozenset(
            {
                Status.CHECKED_IN,
                Status.CANCELLED,
                Status.NO_SHOW,
                Status.RELEASED,
                Status.COMPLETED,  # an activity ends without anybody checking in to its room
            }
        ),
        Status.CHECKED_IN: frozenset({Status.AWAY, Status.COMPLETED, Status.LEFT_EARLY}),
        Status.AWAY: frozenset({Status.CHECKED_IN, Status.COMPLETED, Status.LEFT_EARLY}),
        Status.COMPLETED: frozenset(),
        Status.CANCELLED: frozenset(),
        Status.NO_SHOW: frozenset({Status.COMPLETED, Status.CANCELLED}),  # see no_show.py
        Status.LEFT_EARLY: frozenset(),
        Status.RELEASED: frozenset(),
        Status.REJECTED: frozenset(),
        Status.EXPIRED: frozenset(),
    }
)

PATRON = "patron"
ACTIVITY = "activity"


@dataclass(slots=True, kw_only=True)
class Reservation:
    """Who holds which space when; its methods decide and return the message to publish.

    `during` is what people see, `held` what nobody else may have (padding, set-up). `check_in` is
    when arriving counts; None for activities, whose organizers do not check in. A request that
    nobody has answered by `expires_at` lapses; `status_reason` is why the library said no.
    """

    id: UUID
    library_id: UUID
    space_id: UUID
    space_type: str
    space_kind: str
    patron_id: UUID
    during: TimeSpan
    held: TimeSpan
    party_size: int
    rulebook_id: UUID | None
    rule_version: int
    created_at: datetime
    changed_at: datetime
    status: Status = Status.CONFIRMED
    purpose: str = PATRON
    check_in_window: TimeSpan | None = None
    library_event_id: UUID | None = None
    request_id: UUID | None = None
    checked_in_at: datetime | None = None
    ended_at: datetime | None = None
    expires_at: datetime | None = None
    status_reason: str | None = None
    sequence_no: int = 0
    version: int = 1

    @property
    def calendar_uid(self) -> str:
        """The identity of this reservation in calendars, for ever (RFC 5545, UID)."""
        return f"{self.id}@booking.atrium"

    @property
    def active(self) -> bool:
        """Tell whether the space is held."""
        return self.status in ACTIVE

    def stands_in_the_way_of(self, other: "Reservation") -> bool:
        """Tell whether both cannot be held: the same space at times that overlap."""
        return self.active and self.space_id == other.space_id and self.held.overlaps(other.held)

    def is_at(self, slot: messages.AlternativeSlot) -> bool:
        """Tell whether it is for just this space and time."""
        there = (slot.space_id, slot.starts_at, slot.ends_at)
        return there == (self.space_id, self.during.start, self.during.end)

    def confirmed(self) -> messages.ReservationConfirmed:
        """Return what the others are told when this reservation has been placed."""
        return messages.ReservationConfirmed(**self.described(), rule_version=self.rule_version)

    def cancel(
        self,
        at: datetime,
        *,
        notice_minutes: int,
        by: str,
        reason: str = "",
    ) -> messages.ReservationCancelled:
        """Give the space up; late when less than the notice is left until the start.

        A request that was never approved has kept nothing from anybody, so that it is never late.

        A person can until the start, staff (`by` is "staff") until the end. Raises
        HasStarted, HasEnded, BelongsToActivity, or StatusForbids.
        """
        self._insist_personal()
        held = self.active
        self.become(Status.CANCELLED)
        if by != "staff" and at >= self.during.start:
            raise errors.HasStarted(started_at=self.during.start.isoformat())
        if at >= self.during.end:
            raise errors.HasEnded(ended_at=self.during.end.isoformat())
        self.end(Status.CANCELLED, at)
        self.status_reason = reason or None
        started = at >= self.during.start
        late = held and (started or at > self.during.start - timedelta(minutes=notice_minutes))
        return messages.ReservationCancelled(
            **self.described_anew(),
            late=late,
            cancelled_by=by,
            reason=reason,
        )

    def check_in(self, at: datetime, *, method: str) -> messages.ReservationCheckedIn:
        """Note that the holder is there; staff may still do so after the late limit.

        Raises CheckInTooEarly, CheckInTooLate, BelongsToActivity, or StatusForbids.
        """
        self._insist_personal()
        self.become(Status.CHECKED_IN)
        window = self.check_in_window or self.during
        if at < window.start:
            raise errors.CheckInTooEarly(opens_at=window.start.isoformat())
        closes = self.during.end if method == "staff" else window.end
        if at >= closes:
            raise errors.CheckInTooLate(closed_at=closes.isoformat())
        self.status = Status.CHECKED_IN
        self.checked_in_at = at
        self.changed_at = at
        return messages.ReservationCheckedIn(
            **self.described_anew(), checked_in_at=at, method=method
        )

    def check_out(self, at: datetime) -> messages.ReservationCompleted:
        """End the stay; what is left of the time is free. Raises StatusForbids."""
        if self.checked_in_at is None:
            raise errors.StatusForbids(status=self.status.value)
        self.become(Status.COMPLETED)
        left = min(at, self.during.end)
        self.end(Status.COMPLETED, left)
        self.changed_at = at
        return messages.ReservationCompleted(
            **self.described_anew(), checked_in_at=self.checked_in_at, checked_out_at=left
        )

    def release_no_show(self, at: datetime) -> messages.ReservationNoShow:
        """Free what is left, since nobody came; the row stays. Raises StatusForbids."""
        self.become(Status.NO_SHOW)
        self.end(Status.NO_SHOW, at)
        return messages.ReservationNoShow(**self.described_anew(), released_at=at)

    def give_back(self, at: datetime) -> messages.RoomHoldReleased:
        """Free the room an activity held. Raises StatusForbids."""
        self.become(Status.RELEASED)
        if self.library_event_id is None or self.request_id is None:
            raise errors.StatusForbids(status=self.status.value)
        self.end(Status.RELEASED, at)
        return messages.RoomHoldReleased(
            library_event_id=self.library_event_id,
            request_id=self.request_id,
            space_id=self.space_id,
        )

    @property
    def is_unmeasured(self) -> bool:
        """Whether nobody checks in: an activity's room, or rules that do not ask for it."""
        return self.purpose == ACTIVITY or self.check_in_window is None

    def conclude_unmeasured(self, at: datetime) -> None:
        """Note that its time is over, and nothing about who came. Raises StatusForbids."""
        self.become(Status.COMPLETED)
        self.end(Status.COMPLETED, self.during.end)
        self.changed_at = at

    def insist_changeable(self, at: datetime, *, notice_minutes: int) -> None:
        """Raise if it can no longer be changed: StatusForbids, HasStarted, TooLateToChange."""
        self._insist_personal()
        if self.status is not Status.CONFIRMED:
            raise errors.StatusForbids(status=self.status.value)
        if at >= self.during.start:
            raise errors.HasStarted(started_at=self.during.start.isoformat())
        if at > self.during.start - timedelta(minutes=notice_minutes):
            raise errors.TooLateToChange(notice_minutes=notice_minutes)

    def described(self) -> dict[str, Any]:
        """Return what every message about a reservation says."""
        return {
            "reservation_id": self.id,
            "patron_id": self.patron_id,
            "library_id": self.library_id,
            "space_id": self.space_id,
            "space_type": self.space_type,
            "space_kind": self.space_kind,
            "starts_at": self.during.start,
            "ends_at": self.during.end,
            "party_size": self.party_size,
            "calendar_sequence": self.version - 1,
        }

    def described_anew(self) -> dict[str, Any]:
        """Describe it as the version that saving it will make."""
        return {**self.described(), "calendar_sequence": self.version}

    def changed_from(self, before: "Reservation") -> messages.ReservationChanged:
        """Return what the others are told when this takes the place of what it was."""
        return messages.ReservationChanged(
            **self.described(),
            previous_space_id=before.space_id,
            previous_starts_at=before.during.start,
            previous_ends_at=before.during.end,
        )

    def _insist_personal(self) -> None:
        if self.purpose != PATRON:
            raise errors.BelongsToActivity

    def become(self, status: Status) -> None:
        """Raise StatusForbids unless it may become that."""
        if status not in MAY_BECOME[self.status]:
            raise errors.StatusForbids(status=self.status.value)

    def end(self, status: Status, at: datetime) -> None:
        """Note that nothing follows any more, and since when."""
        self.status = status
        self.ended_at = at
        self.changed_at = at


def held_range(during: TimeSpan, rules: RuleBody) -> TimeSpan:
    """Return what a reservation keeps from others: itself, and the larger padding after it.

    Between two neighbours the larger of one's `after` and the other's `before` has to stay free.
    When both follow the same rules, adding that larger one behind each gives exactly this gap,
    whichever was reserved first; adding both on both sides would give the sum.
    """
    return during.padded(0, max(rules.padding_before_minutes, rules.padding_after_minutes))


def check_in_window(during: TimeSpan, rules: RuleBody, *, asked_at: datetime) -> TimeSpan | None:
    """Return when arriving counts; who reserves late has the late minutes from then on.

    It never lasts beyond the reservation. None when the rules do not ask for it.
    """
    if not rules.check_in_required:
        return None
    opens = during.start - timedelta(minutes=rules.check_in_opens_before_minutes)
    counted_from = max(during.start, asked_at)
    closes = counted_from + timedelta(minutes=rules.check_in_late_after_minutes)
    return TimeSpan(opens, max(min(closes, during.end), opens + timedelta(minutes=1)))

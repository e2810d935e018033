"""People counted without names, by who they are if that was looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.events.domain import errors
from services.events.domain.library_event import LibraryEvent
from shared.contracts.events import HeadcountRecorded

AUDIENCES = ("undergraduate", "postgraduate", "academic", "professional", "visitor")
"""Who people counted without names are; as a person's class, and visitors from outside."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many people; `by_audience` tells part of them, or all, by who they are."""

    anonymous: int
    by_audience: Mapping[str, int]

    @classmethod
    def of(cls, anonymous: int | None, by_audience: Mapping[str, int]) -> "Count":
        """Return a count of everybody; without a total it is the sum of the audiences.

        Raises HeadcountRefused when the audiences are more than the total.
        """
        known = {audience: number for audience, number in by_audience.items() if number}
        total = sum(known.values()) if anonymous is None else anonymous
        if sum(known.values()) > total:
            raise errors.HeadcountRefused(anonymous=total, counted=sum(known.values()))
        return cls(total, known)

    def with_more(self, more: int, audience: str | None) -> "Count":
        """Return the count after so many more came; raises HeadcountRefused below nobody."""
        by_audience = dict(self.by_audience)
        if audience is not None:
            by_audience[audience] = by_audience.get(audience, 0) + more
        total = self.anonymous + more
        if total < 0 or min(by_audience.values(), default=0) < 0:
            raise errors.HeadcountRefused(anonymous=self.anonymous, counted=more)
        return Count.of(total, by_audience)


@dataclass(frozen=True, slots=True, kw_only=True)
class Headcount:
    """People counted without names; the latest count of an activity holds.

    `by_audience` tells part of them, or all, by who they are; see AUDIENCES.
    """

    id: UUID
    library_event_id: UUID
    anonymous: int
    counted_at: datetime
    recorded_by: UUID
    by_audience: Mapping[str, int] = field(default_factory=dict)

    def recorded(self, library_event: LibraryEvent) -> HeadcountRecorded:
        """Return the message about it."""
        return HeadcountRecorded(
            library_event_id=self.library_event_id,
            library_id=library_event.setting.library_id,
            programme=library_event.plan.programme.value,
            space_kind=library_event.setting.space_kind,
            counted_at=self.counted_at,
            anonymous=self.anonymous,
        )

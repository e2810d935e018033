"""What an organizer decides about an activity."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from shared.kernel.time_span import TimeSpan

DEFAULT_OFFER_MINUTES = 12 * 60
DEFAULT_PARTY_LIMIT = 5


class Programme(StrEnum):
    """The kinds of activity a library reports on."""

    LECTURE = "lecture"
    WORKSHOP = "workshop"
    EXHIBITION = "exhibition"
    READING_GROUP = "reading_group"
    SALON = "salon"
    TRAINING = "training"


SPACE_KINDS = ("learning", "academic", "cultural", "creative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An activity as its organizer wants it; times are UTC.

    With a `space_id`, library and kind of space come from the space. Without one, `place` says
    where it is, and `library_id` and `space_kind` say what it counts for.
    """

    programme: Programme
    title_zh: str = ""
    title_en: str = ""
    description_zh: str = ""
    description_en: str = ""
    space_id: UUID | None = None
    place: str = ""
    library_id: UUID | None = None
    space_kind: str | None = None
    starts_at: datetime
    ends_at: datetime
    setup_minutes: int = 0
    teardown_minutes: int = 0
    capacity: int
    """Places, companions included."""
    party_limit: int = DEFAULT_PARTY_LIMIT
    """The most persons one sign-up may bring, the person included."""
    signup_opens_at: datetime | None = None
    """None: as soon as it is published."""
    signup_closes_at: datetime | None = None
    """None: until the activity starts."""
    late_cancel_minutes: int = 24 * 60
    """Giving up a place nearer to the start than this is a late cancellation."""
    offer_minutes: int = DEFAULT_OFFER_MINUTES
    """How long an offered place is kept at most; see waiting_list.offer_until."""
    waiting_list: bool = True

    @property
    def span(self) -> TimeSpan:
        """When the activity takes place, without set-up and tear-down."""
        return TimeSpan(self.starts_at, self.ends_at)

    @property
    def closes_at(self) -> datetime:
        """The instant from which nobody may sign up any more."""
        return self.signup_closes_at or self.starts_at

    def asks_for_the_room_of(self, other: "Plan") -> bool:
        """Tell whether both plans need the same room at the same time."""
        return self.room_needs == other.room_needs

    def leads_people_as(self, other: "Plan") -> bool:
        """Tell whether both plans lead people to the same place at the same time.

        In a room of ours the place in words says nothing.
        """
        same_words = self.space_id is not None or self.place == other.place
        return same_words and self.asks_for_the_room_of(other)

    @property
    def room_needs(self) -> tuple[object, ...]:
        """What the booking service is asked for, number of people aside."""
        return (
            self.space_id,
            self.starts_at,
            self.ends_at,
            self.setup_minutes,
            self.teardown_minutes,
        )

    def changed_by(self, changes: Mapping[str, Any]) -> "Plan":
        """Return the plan with these changes.

        A library in a kept plan may have come from its space: unless one is named, the library is
        again that of the space.
        """
        plan = replace(self, **changes)
        if plan.space_id is None or "library_id" in changes:
            return plan
        return replace(plan, library_id=None)

    def moved_by(self, shift: timedelta) -> "Plan":
        """Return the plan that much later, sign-up window included."""
        return replace(
            self,
            starts_at=self.starts_at + shift,
            ends_at=self.ends_at + shift,
            signup_opens_at=self.signup_opens_at and self.signup_opens_at + shift,
            signup_closes_at=self.signup_closes_at and self.signup_closes_at + shift,
        )

    def differences(self, other: "Plan") -> dict[str, Any]:
        """Return the fields in which the other plan differs, with the other's values."""
        return {
            field.name: getattr(other, field.name)
            for field in fields(self)
            if getattr(self, field.name) != getattr(other, field.name)
        }

"""Rules as data: what a rulebook's body may say, and which rulebook is in force for a space.

The body of the most specific scope holds, whole: space over zone over type of space over library;
on one scope, the patron's class over everybody. Of one rulebook's versions the newest holds whose
`valid_from` has come. Bodies are not merged: what is in force can be read in one place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.booking.domain.space import Space

SCOPES = ("space", "zone", "space_type", "library")
"""From the most specific on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """So much per person, day or week (Monday to Sunday), of one type of space or altogether."""

    unit: str
    """count or minutes"""
    period: str
    """day or week, as the library's wall clock has it"""
    limit: int
    scope: str = "space_type"
    """space_type (of the same library), or library"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBody:
    """The numbers of a rulebook; minutes unless the name says otherwise."""

    min_minutes: int = 15
    max_minutes: int = 240
    default_minutes: int = 60
    start_step_minutes: int = 15
    window_days: int = 14
    """A reservation ends at the latest when the local day that many days ahead ends."""
    create_notice_minutes: int = 0
    change_notice_minutes: int = 0
    cancel_notice_minutes: int = 0
    """Cancelling later is possible, and counts as late."""
    padding_before_minutes: int = 0
    padding_after_minutes: int = 0
    quotas: tuple[Quota, ...] = ()
    max_active_future: int | None = None
    """Reservations of this type of space a person may have ahead at once."""
    min_party: int = 1
    no_simultaneous: bool | None = None
    """Nobody is in two places at once; None means: for rooms and seats, not for machines."""
    check_in_required: bool = True
    """Without it nobody is released for not arriving, and nothing is said about who came."""
    check_in_opens_before_minutes: int = 15
    check_in_late_after_minutes: int = 15

    approval_required: bool = False
    """Whether the library has to say yes first; until then nothing is held."""
    approval_expires_minutes: int = 48 * 60
    """A request that nobody has answered by then lapses, and at the latest when it would start."""

    def one_place_at_a_time(self, space_type: str) -> bool:
        """Tell whether other reservations at the same time stand in the way."""
        return space_type != "machine" if self.no_simultaneous is None else self.no_simultaneous


FOR_ACTIVITIES = RuleBody(
    min_minutes=1,
    max_minutes=7 * 24 * 60,
    start_step_minutes=5,
    window_days=400,
    no_simultaneous=False,
)
"""What binds an activity: nothing but the room's hours and who else has it; see `hold_room`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """One version of the rules of one scope; never changed, only followed by the next version."""

    id: UUID
    library_id: UUID
    scope_type: str
    scope_id: str
    """The library's, zone's or space's UUID, or the type of space."""
    patron_class: str | None
    version: int
    body: RuleBody
    valid_from: datetime
    published_by: UUID
    published_at: datetime


def in_force(
    rulebooks: Iterable[Rulebook], space: Space, patron_class: str, at: datetime
) -> Rulebook | None:
    """Return the rulebook that holds for this space, class of patrons and instant, if any."""
    matching = (
        rulebook
        for rulebook in _about(rulebooks, space)
        if rulebook.patron_class in (None, patron_class) and rulebook.valid_from <= at
    )
    return max(matching, key=_specificity, default=None)


def takes_requests(rulebooks: Iterable[Rulebook], space: Space) -> bool:
    """Return whether requests may wait for this space: some rulebook asks for approval, or did."""
    return any(rulebook.body.approval_required for rulebook in _about(rulebooks, space))


def _about(rulebooks: Iterable[Rulebook], space: Space) -> Iterable[Rulebook]:
    names = {
        "space": str(space.id),
        "zone": str(space.zone_id),
        "space_type": space.space_type,
        "library": str(space.library_id),
    }
    return (
        rulebook
        for rulebook in rulebooks
        if rulebook.library_id == space.library_id
        and rulebook.scope_id == names[rulebook.scope_type]
    )


def _specificity(rulebook: Rulebook) -> tuple[int, bool, int]:
    scope = -SCOPES.index(rulebook.scope_type)
    return scope, rulebook.patron_class is not None, rulebook.version

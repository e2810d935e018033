"""A closure: days on which a library, a zone or a space is closed, and whom that touches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.booking.domain.hours_book import SCOPE_TYPES, HoursException, HoursScope
from services.booking.domain.opening_hours import HoursLayer, OpeningHours
from services.booking.domain.reservation import PATRON, Reservation, Status
from services.booking.domain.space import Space

TOUCHED = frozenset({Status.CONFIRMED, Status.PENDING})
"""Who is there already stays there; the others are told before they come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """What was closed when and why, by whom, and how far the cancelling has come.

    `exception_id` is the exception in the hours that keeps new reservations away. It was there
    before unless the closure `owns_exception`: then it goes when the closure is undone.
    """

    id: UUID
    library_id: UUID
    scope: HoursScope
    exception_id: UUID
    owns_exception: bool
    first_day: date
    last_day: date
    name_zh: str
    name_en: str
    created_by: UUID
    created_at: datetime
    cancelled: int = 0
    finished_at: datetime | None = None
    undone_at: datetime | None = None

    @property
    def reason(self) -> str:
        """Why, for people whose language nobody knows here: in both."""
        return self.name_zh if self.name_zh == self.name_en else f"{self.name_zh} / {self.name_en}"


def covers(scope: HoursScope, space: Space) -> bool:
    """Tell whether a scope is, or holds, a space."""
    holds = {"library": space.library_id, "zone": space.zone_id, "space": space.id}
    return holds[scope.scope_type] == scope.scope_id


def with_exception(hours: OpeningHours, exception: HoursException) -> OpeningHours:
    """Return the hours as they would be if this exception were added."""
    layers = list(hours.layers)
    place = SCOPE_TYPES.index(exception.scope.scope_type)
    days = dict.fromkeys(exception.days(), exception.hours)
    layers[place] = HoursLayer(layers[place].weekly, {**layers[place].exceptions, **days})
    return OpeningHours(hours.timezone, layers)


def touched(
    reservations: Iterable[Reservation], hours: dict[UUID, OpeningHours], now: datetime
) -> Iterator[Reservation]:
    """Yield those that have not begun and would no longer be open throughout; hours by space."""
    for one in reservations:
        waiting = one.status in TOUCHED and one.during.start > now
        if waiting and not hours[one.space_id].is_open_throughout(one.during):
            yield one


def can_be_cancelled(reservation: Reservation) -> bool:
    """Tell whether booking cancels it; activities are moved where they are planned."""
    return reservation.purpose == PATRON

"""Set the weekly hours of a library, a zone or a space."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.booking.domain.hours_book import HoursScope, Weekly, library_of, weekly_from
from services.booking.domain.inventory_ports import InventoryUnitOfWork
from shared.kernel.clock import Clock
from shared.kernel.refusal import VersionConflict


@dataclass(frozen=True, slots=True, kw_only=True)
class SetWeeklyHours:
    """Weekday (0 is Monday) to (opens, closes) in wall minutes, 1440 being the day's end.

    No spans is closed; a weekday that is missing is left to the wider scope. `expected` is what the
    caller believes is there now; None skips the comparison.
    """

    scope_type: str
    scope_id: UUID
    weekly: Mapping[int, Sequence[tuple[int, int]]]
    expected: Weekly | None = None


def set_weekly_hours(command: SetWeeklyHours, *, uow: InventoryUnitOfWork, clock: Clock) -> Weekly:
    """Return the weekly hours as they are now.

    Reservations made stay; a worker tells the others within a minute what is offered now. Raises
    MakesNoSense, VersionConflict, NotFound for an unknown scope.
    """
    del clock  # definitions carry no time; every command takes the same collaborators
    weekly = weekly_from(command.weekly)
    scope = HoursScope(command.scope_type, command.scope_id)
    with uow:
        uow.inventory.lock_library(library_of(scope, uow.inventory))
        if command.expected is not None and uow.hours.weekly(scope) != command.expected:
            raise VersionConflict
        uow.hours.set_weekly(scope, weekly)
        uow.commit()
    return weekly

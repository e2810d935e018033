"""Say that a library, a zone or a space has other hours on some days: a holiday, a long night."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.booking.domain.hours_book import (
    ExceptionOverlaps,
    HoursException,
    HoursScope,
    library_of,
    spans_from,
)
from services.booking.domain.inventory_ports import InventoryUnitOfWork
from services.booking.domain.opening_hours import DayException
from services.booking.domain.space import insist
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class AddHoursException:
    """Other hours from a first to a last day, both included.

    `spans` are (opens, closes) in wall minutes; none is closed. With `as_weekday` (0 is Monday) the
    hours of that weekday hold instead, each scope's own.
    """

    scope_type: str
    scope_id: UUID
    first_day: date
    last_day: date
    name_zh: str
    name_en: str
    spans: Sequence[tuple[int, int]] = ()
    as_weekday: int | None = None
    exception_id: UUID | None = None


def add_hours_exception(
    command: AddHoursException, *, uow: InventoryUnitOfWork, clock: Clock
) -> HoursException:
    """Return the exception, or the one there that says the same.

    Raises MakesNoSense, ExceptionOverlaps, NotFound for an unknown scope.
    """
    del clock  # the exception names its days itself; every command takes the same collaborators
    wanted = wanted_exception(command)
    with uow:
        uow.inventory.lock_library(library_of(wanted.scope, uow.inventory))
        for other in uow.hours.exceptions(wanted.scope):
            if other.says_the_same(wanted):
                return other
            if other.overlaps(wanted):
                raise ExceptionOverlaps(
                    first_day=str(other.first_day),
                    last_day=str(other.last_day),
                    name_zh=other.name_zh,
                    name_en=other.name_en,
                )
        uow.hours.add_exception(wanted)
        uow.commit()
    return wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveHoursException:
    """Which exception no longer holds."""

    exception_id: UUID


def remove_hours_exception(
    command: RemoveHoursException, *, uow: InventoryUnitOfWork, clock: Clock
) -> HoursException:
    """Return the exception that was there. Raises NotFound."""
    del clock  # as above
    with uow:
        found = uow.hours.exception(command.exception_id)
        if found is None:
            raise NotFound
        uow.inventory.lock_library(library_of(found.scope, uow.inventory))
        uow.hours.remove_exception(found.id)
        uow.commit()
    return found


def wanted_exception(command: AddHoursException) -> HoursException:
    """Return the exception a command describes; raises MakesNoSense."""
    wanted = HoursException(
        id=command.exception_id or new_id(),
        scope=HoursScope(command.scope_type, command.scope_id),
        first_day=command.first_day,
        last_day=command.last_day,
        name_zh=command.name_zh,
        name_en=command.name_en,
        hours=DayException(spans_from(command.spans), command.as_weekday),
    )
    insist(wanted.violations())
    return wanted

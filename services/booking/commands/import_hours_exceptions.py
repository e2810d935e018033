"""Take over a list of holidays and working weekends, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.booking.commands.add_hours_exception import AddHoursException, add_hours_exception
from services.booking.domain.inventory_ports import InventoryUnitOfWork
from shared.kernel.clock import Clock
from shared.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportHoursExceptions:
    """The lines, in their order."""

    exceptions: Sequence[AddHoursException]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedLine:
    """What became of a line (counted from 1): added, or refused for a reason."""

    line: int
    added: bool
    refusal: Refusal | None = None


def import_hours_exceptions(
    command: ImportHoursExceptions, *, uow: InventoryUnitOfWork, clock: Clock
) -> list[ImportedLine]:
    """Return what became of each line; a line that is refused keeps no other from being added."""
    report = []
    for line, exception in enumerate(command.exceptions, start=1):
        try:
            add_hours_exception(exception, uow=uow, clock=clock)
        except Refusal as refusal:
            report.append(ImportedLine(line=line, added=False, refusal=refusal))
        else:
            report.append(ImportedLine(line=line, added=True))
    return report

"""Define a floor of a library, or change it."""

from dataclasses import dataclass
from uuid import UUID

from services.booking.domain.definition import (
    following,
    insist_on_library,
    insist_on_version,
)
from services.booking.domain.inventory_ports import InventoryUnitOfWork
from services.booking.domain.space import Floor, insist
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineFloor:
    """How a floor shall be; ids and versions as in DefineLibrary."""

    library_id: UUID
    code: str
    name_zh: str
    name_en: str
    level: int
    floor_id: UUID | None = None
    expected_version: int | None = None


def define_floor(command: DefineFloor, *, uow: InventoryUnitOfWork, clock: Clock) -> Floor:
    """Return the floor as it is now.

    Raises MakesNoSense, CodeTaken, VersionConflict, NotFound for an unknown library.
    """
    del clock  # definitions carry no time; every command takes the same collaborators
    wanted = Floor(
        id=command.floor_id or new_id(),
        library_id=command.library_id,
        code=command.code,
        name_zh=command.name_zh,
        name_en=command.name_en,
        level=command.level,
    )
    insist(wanted.violations())
    with uow:
        uow.inventory.lock_library(command.library_id)
        before = uow.inventory.floor(wanted.id)
        insist_on_library(before, wanted)
        insist_on_version(before, command.expected_version)
        floor = following(before, wanted)
        if floor == before:
            return floor
        uow.inventory.keep_floor(floor)
        uow.commit()
    return floor

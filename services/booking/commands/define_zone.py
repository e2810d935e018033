"""Define a zone of a floor, or change it."""

from dataclasses import dataclass
from uuid import UUID

from services.booking.domain.definition import (
    following,
    insist_on_library,
    insist_on_version,
)
from services.booking.domain.inventory_ports import InventoryUnitOfWork
from services.booking.domain.space import Zone, insist
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineZone:
    """How a zone shall be; ids and versions as in DefineLibrary."""

    floor_id: UUID
    code: str
    name_zh: str
    name_en: str
    quiet: bool = False
    zone_id: UUID | None = None
    expected_version: int | None = None


def define_zone(command: DefineZone, *, uow: InventoryUnitOfWork, clock: Clock) -> Zone:
    """Return the zone as it is now.

    A zone may move to another floor of its library. Raises MakesNoSense, CodeTaken,
    VersionConflict, NotFound for an unknown floor.
    """
    del clock  # definitions carry no time; every command takes the same collaborators
    with uow:
        floor = uow.inventory.floor(command.floor_id)
        if floor is None:
            raise NotFound
        wanted = Zone(
            id=command.zone_id or new_id(),
            library_id=floor.library_id,
            floor_id=floor.id,
            code=command.code,
            name_zh=command.name_zh,
            name_en=command.name_en,
            quiet=command.quiet,
        )
        insist(wanted.violations())
        uow.inventory.lock_library(floor.library_id)
        before = uow.inventory.zone(wanted.id)
        insist_on_library(before, wanted)
        insist_on_version(before, command.expected_version)
        zone = following(before, wanted)
        if zone == before:
            return zone
        uow.inventory.keep_zone(zone)
        uow.commit()
    return zone

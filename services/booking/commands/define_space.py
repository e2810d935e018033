"""Define a space, or change it; the other services are told how it is now."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.booking.domain.definition import (
    following,
    insist_on_library,
    insist_on_version,
)
from services.booking.domain.inventory_ports import InventoryUnitOfWork
from services.booking.domain.space import Plan, Space, insist, new_secret
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineSpace:
    """How a space shall be; ids and versions as in DefineLibrary. It is in use."""

    zone_id: UUID
    code: str
    name_zh: str
    name_en: str
    space_type: str
    space_kind: str
    capacity: int
    features: tuple[str, ...] = ()
    accessible: bool = False
    plan: Plan | None = None
    space_id: UUID | None = None
    expected_version: int | None = None


def define_space(command: DefineSpace, *, uow: InventoryUnitOfWork, clock: Clock) -> Space:
    """Return the space as it is now; what was withdrawn is in use again.

    Raises MakesNoSense, CodeTaken, VersionConflict, NotFound for an unknown zone.
    """
    del clock  # definitions carry no time; every command takes the same collaborators
    with uow:
        zone = uow.inventory.zone(command.zone_id)
        if zone is None:
            raise NotFound
        wanted = _as_wanted(command, zone.library_id)
        insist(wanted.violations())
        library = uow.inventory.lock_library(zone.library_id)
        before = uow.inventory.space(wanted.id)
        insist_on_library(before, wanted)
        insist_on_version(before, command.expected_version)
        secret = before.secret if before else new_secret()
        space = following(before, replace(wanted, secret=secret))
        if space == before:
            return space
        uow.inventory.keep_space(space)
        uow.publish(space.described(library))
        uow.commit()
    return space


def _as_wanted(command: DefineSpace, library_id: UUID) -> Space:
    return Space(
        id=command.space_id or new_id(),
        library_id=library_id,
        zone_id=command.zone_id,
        code=command.code,
        name_zh=command.name_zh,
        name_en=command.name_en,
        space_type=command.space_type,
        space_kind=command.space_kind,
        capacity=command.capacity,
        features=tuple(sorted(set(command.features))),
        accessible=command.accessible,
        plan=command.plan,
    )

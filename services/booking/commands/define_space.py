"""Define a space, or change it; the other services are told how it is now."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.booking.domain.inventory_ports import InventoryUnitOfWork
from services.booking.domain.space import Plan, Space, insist, new_secret
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import NotFound, VersionConflict


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
        if before is not None and before.library_id != wanted.library_id:
            raise NotFound
        if command.expected_version not in (None, before.version if before else 0):
            raise VersionConflict
        space = _following(before, wanted)
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


def _following(before: Space | None, wanted: Space) -> Space:
    """Return the wanted space with the secret and the version of the one it follows."""
    if before is None:
        return replace(wanted, secret=new_secret())
    unchanged = replace(wanted, secret=before.secret, version=before.version)
    return unchanged if unchanged == before else replace(unchanged, version=before.version + 1)

"""Define a library, or change its names or time zone."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.booking.domain.inventory_ports import InventoryUnitOfWork
from services.booking.domain.space import Library, insist
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import VersionConflict


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineLibrary:
    """How a library shall be; without `library_id` it is a new one.

    With `expected_version` the library must be there at this version. Without it, the last
    definition of an id holds: an import may run twice.
    """

    code: str
    name_zh: str
    name_en: str
    timezone: str
    library_id: UUID | None = None
    expected_version: int | None = None


def define_library(command: DefineLibrary, *, uow: InventoryUnitOfWork, clock: Clock) -> Library:
    """Return the library as it is now. Raises MakesNoSense, CodeTaken, VersionConflict.

    Another time zone or name is told for every space: other services know spaces by them.
    """
    del clock  # definitions carry no time; every command takes the same collaborators
    wanted = Library(
        id=command.library_id or new_id(),
        code=command.code,
        name_zh=command.name_zh,
        name_en=command.name_en,
        timezone=command.timezone,
    )
    insist(wanted.violations())
    with uow:
        before = uow.inventory.library(wanted.id)
        if before is not None:
            before = uow.inventory.lock_library(wanted.id)
        if command.expected_version not in (None, before.version if before else 0):
            raise VersionConflict
        if before is not None and replace(before, version=1) == wanted:
            return before
        library = replace(wanted, version=before.version + 1 if before else 1)
        uow.inventory.keep_library(library)
        if before is not None and before.known_by != library.known_by:
            spaces = uow.inventory.spaces_of(library.id)
            uow.publish(*(space.described(library) for space in spaces))
        uow.commit()
    return library

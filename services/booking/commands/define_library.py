"""Define a library, or change its names or time zone."""

from dataclasses import dataclass
from uuid import UUID

from services.booking.domain.definition import following, insist_on_version
from services.booking.domain.inventory_ports import InventoryUnitOfWork
from services.booking.domain.space import Library, insist
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id


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
        insist_on_version(before, command.expected_version)
        library = following(before, wanted)
        if library == before:
            return library
        uow.inventory.keep_library(library)
        if before is not None and before.known_by != library.known_by:
            spaces = uow.inventory.spaces_of(library.id)
            uow.publish(*(space.described(library) for space in spaces))
        uow.commit()
    return library

"""Take a space out of use, with a reason people can read, or put it into use again."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.booking.domain.definition import following, insist_on_version
from services.booking.domain.inventory_ports import InventoryUnitOfWork
from services.booking.domain.space import Space
from shared.kernel.clock import Clock
from shared.kernel.refusal import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawSpace:
    """Which space, why, and the version it was read at (None: whatever it is)."""

    space_id: UUID
    because: str
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnSpace:
    """Which space is in use again, and the version it was read at (None: whatever it is)."""

    space_id: UUID
    expected_version: int | None = None


def withdraw_space(command: WithdrawSpace, *, uow: InventoryUnitOfWork, clock: Clock) -> Space:
    """Return the space, out of use: no new reservations; those there are stay.

    Raises NotFound, VersionConflict.
    """
    del clock  # definitions carry no time; every command takes the same collaborators
    return _become(command.space_id, command.expected_version, command.because, uow)


def return_space(command: ReturnSpace, *, uow: InventoryUnitOfWork, clock: Clock) -> Space:
    """Return the space, in use. Raises NotFound, VersionConflict."""
    del clock  # definitions carry no time; every command takes the same collaborators
    return _become(command.space_id, command.expected_version, None, uow)


def _become(
    space_id: UUID, expected_version: int | None, because: str | None, uow: InventoryUnitOfWork
) -> Space:
    with uow:
        found = uow.inventory.space(space_id)
        if found is None:
            raise NotFound
        library = uow.inventory.lock_library(found.library_id)
        before = uow.inventory.space(space_id) or found  # as it is under the lock
        insist_on_version(before, expected_version)
        wanted = replace(before, in_use=because is None, out_of_use_because=because)
        space = following(before, wanted)
        if space == before:
            return space
        uow.inventory.keep_space(space)
        uow.publish(space.described(library))
        uow.commit()
    return space

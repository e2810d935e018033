"""Give the screen at a space its key, or take it back."""

from dataclasses import dataclass
from uuid import UUID

from services.booking.domain.actor import Actor
from services.booking.domain.display_key import DisplayKey
from services.booking.domain.feed_key import hash_of, new_feed_key
from services.booking.domain.inventory_ports import InventoryUnitOfWork
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueDisplayKey:
    """For the screen at which space, where it hangs, and who says so."""

    space_id: UUID
    label: str
    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeDisplayKey:
    """Which key, and who says so."""

    key_id: UUID
    actor: Actor


def issue_display_key(
    command: IssueDisplayKey, *, uow: InventoryUnitOfWork, clock: Clock
) -> tuple[DisplayKey, str]:
    """Return the key as it is kept, and the secret itself, which is never shown again.

    Raises NotFound, NotAllowed.
    """
    secret = new_feed_key()
    with uow:
        space = uow.inventory.space(command.space_id)
        if space is None:
            raise NotFound
        command.actor.insist_serves(space.library_id)
        key = DisplayKey(
            id=new_id(),
            space_id=space.id,
            label=command.label,
            key_hash=hash_of(secret),
            created_by=command.actor.id,
            created_at=clock.now(),
        )
        uow.display_keys.add(key)
        uow.commit()
    return key, secret


def revoke_display_key(
    command: RevokeDisplayKey, *, uow: InventoryUnitOfWork, clock: Clock
) -> None:
    """Let a key no longer work. Raises NotFound, NotAllowed."""
    del clock  # a key that is gone has no time; every command takes the same collaborators
    with uow:
        key = uow.display_keys.find(command.key_id)
        space = None if key is None else uow.inventory.space(key.space_id)
        if space is None:
            raise NotFound
        command.actor.insist_serves(space.library_id)
        uow.display_keys.remove(command.key_id)
        uow.commit()

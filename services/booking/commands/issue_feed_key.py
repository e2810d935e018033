"""Give a person the secret address of their calendar feed, or take it back."""

from dataclasses import dataclass
from uuid import UUID

from services.booking.domain.feed_key import hash_of, new_feed_key
from services.booking.domain.inventory_ports import InventoryUnitOfWork
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFeedKey:
    """Whose feed."""

    patron_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeFeedKey:
    """Whose feed."""

    patron_id: UUID


def issue_feed_key(command: IssueFeedKey, *, uow: InventoryUnitOfWork, clock: Clock) -> str:
    """Return a fresh key; the one before no longer works. Only its hash is kept."""
    key = new_feed_key()
    with uow:
        uow.feed_keys.keep(command.patron_id, hash_of(key), clock.now())
        uow.commit()
    return key


def revoke_feed_key(command: RevokeFeedKey, *, uow: InventoryUnitOfWork, clock: Clock) -> bool:
    """Let the person's key no longer work; tell whether there was one."""
    del clock  # a key that is gone has no time; every command takes the same collaborators
    with uow:
        there_was_one = uow.feed_keys.remove(command.patron_id)
        uow.commit()
    return there_was_one

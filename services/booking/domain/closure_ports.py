"""What the commands about closures need from the outside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.booking.domain.closure import Closure
from services.booking.domain.inventory_ports import InventoryUnitOfWork
from services.booking.domain.ports import BookingUnitOfWork


class Closures(Protocol):
    """Every closure there was."""

    def add(self, closure: Closure) -> None:
        """Insert."""
        ...

    def lock(self, closure_id: UUID) -> Closure | None:
        """Return a closure nobody else changes until the end, or None."""
        ...

    def unfinished(self) -> Sequence[UUID]:
        """Return those whose cancelling goes on, oldest first."""
        ...

    def count_one(self, closure_id: UUID) -> None:
        """Note that one more reservation was cancelled."""
        ...

    def finish(self, closure_id: UUID, at: datetime) -> None:
        """Say when all were."""
        ...

    def hand_exception_on(self, closure: Closure) -> bool:
        """Make the oldest other closure that stands on its exception the owner; False for none."""
        ...

    def note_undone(self, closure_id: UUID, at: datetime) -> None:
        """Say when it was undone."""
        ...


class ClosingUnitOfWork(BookingUnitOfWork, InventoryUnitOfWork, Protocol):
    """One transaction over everything booking keeps."""

    @property
    def closures(self) -> Closures:
        """Every closure there was."""
        ...

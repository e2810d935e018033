"""What the commands about spaces and hours need from the outside."""

from collections.abc import Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self
from uuid import UUID

from services.booking.domain.display_key import DisplayKey
from services.booking.domain.hours_book import HoursBook, HoursException, HoursScope, Weekly
from services.booking.domain.space import Floor, Library, Space, Zone
from shared.contracts.domain_event import DomainEvent


class Inventory(Protocol):
    """Libraries, floors, zones and spaces. Whoever is read by `lock_library` writes alone."""

    def lock_library(self, library_id: UUID) -> Library:
        """Return a library no other command changes meanwhile; raises NotFound."""
        ...

    def library(self, library_id: UUID) -> Library | None:
        """Return a library, or None."""
        ...

    def libraries(self) -> Sequence[Library]:
        """Return all libraries by code."""
        ...

    def floor(self, floor_id: UUID) -> Floor | None:
        """Return a floor, or None."""
        ...

    def zone(self, zone_id: UUID) -> Zone | None:
        """Return a zone, or None."""
        ...

    def space(self, space_id: UUID) -> Space | None:
        """Return a space, or None."""
        ...

    def spaces_of(self, library_id: UUID) -> Sequence[Space]:
        """Return every space of a library by code."""
        ...

    def keep_library(self, library: Library) -> None:
        """Insert or replace; raises CodeTaken."""
        ...

    def keep_floor(self, floor: Floor) -> None:
        """Insert or replace; raises CodeTaken."""
        ...

    def keep_zone(self, zone: Zone) -> None:
        """Insert or replace; raises CodeTaken."""
        ...

    def keep_space(self, space: Space) -> None:
        """Insert or replace; raises CodeTaken."""
        ...


class Hours(Protocol):
    """Weekly hours and dated exceptions."""

    def weekly(self, scope: HoursScope) -> Weekly:
        """Return what a scope says about weekdays."""
        ...

    def set_weekly(self, scope: HoursScope, weekly: Weekly) -> None:
        """Replace what a scope says about weekdays."""
        ...

    def exceptions(self, scope: HoursScope) -> Sequence[HoursException]:
        """Return a scope's exceptions by first day."""
        ...

    def exception(self, exception_id: UUID) -> HoursException | None:
        """Return an exception, or None."""
        ...

    def add_exception(self, exception: HoursException) -> None:
        """Insert."""
        ...

    def remove_exception(self, exception_id: UUID) -> None:
        """Delete."""
        ...

    def book(self, library: Library) -> HoursBook:
        """Return all hours of a library."""
        ...


class CapacityDays(Protocol):
    """Which days' capacity was said, and what was said."""

    def digest(self, library_id: UUID, day: date) -> bytes | None:
        """Return the digest of what was said last about a day, or None."""
        ...

    def keep(self, library_id: UUID, day: date, digest: bytes, at: datetime) -> None:
        """Note what was said about a day."""
        ...


class FeedKeys(Protocol):
    """The hashes of the secret keys of personal calendar feeds, one for each person."""

    def keep(self, patron_id: UUID, key_hash: bytes, at: datetime) -> None:
        """Insert or replace a person's key."""
        ...

    def remove(self, patron_id: UUID) -> bool:
        """Delete a person's key; tell whether there was one."""
        ...


class DisplayKeys(Protocol):
    """The keys of the screens at spaces, as hashes."""

    def add(self, key: DisplayKey) -> None:
        """Insert."""
        ...

    def find(self, key_id: UUID) -> DisplayKey | None:
        """Return a key, or None."""
        ...

    def remove(self, key_id: UUID) -> None:
        """Delete."""
        ...


class InventoryUnitOfWork(Protocol):
    """One transaction over spaces, hours, capacity and feed keys."""

    @property
    def inventory(self) -> Inventory:
        """Libraries, floors, zones, spaces."""
        ...

    @property
    def hours(self) -> Hours:
        """Weekly hours and exceptions."""
        ...

    @property
    def capacity_days(self) -> CapacityDays:
        """What was published for which day."""
        ...

    @property
    def feed_keys(self) -> FeedKeys:
        """Keys of personal feeds."""
        ...

    @property
    def display_keys(self) -> DisplayKeys:
        """Keys of the screens at spaces."""
        ...

    def __enter__(self) -> Self:
        """Open the transaction."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Undo what was not committed."""
        ...

    def publish(self, *messages: DomainEvent) -> None:
        """Say messages when the transaction commits."""
        ...

    def commit(self) -> None:
        """Keep state and messages."""
        ...

"""Booking's unit of work: every repository on one connection, in one transaction."""

from collections.abc import Sequence
from typing import Self

from services.booking.domain.neighbours import neighbours
from services.booking.domain.ports import Wanted
from services.booking.persistence.capacity_days import SqlCapacityDays
from services.booking.persistence.catalogue import CatalogueSnapshot, Version, read_catalogue
from services.booking.persistence.closures import SqlClosures
from services.booking.persistence.display_keys import SqlDisplayKeys
from services.booking.persistence.feed_keys import SqlFeedKeys
from services.booking.persistence.hours import SqlHours
from services.booking.persistence.inventory import SqlInventory
from services.booking.persistence.nearest import nearest_slots
from services.booking.persistence.patrons import SqlPatrons
from services.booking.persistence.reservations import SqlReservations
from services.booking.persistence.room_requests import SqlRoomRequests
from services.booking.persistence.rulebooks import SqlRulebooks
from shared.contracts.booking import AlternativeSlot
from shared.kernel.clock import Clock
from shared.persistence.transactions import Transactions
from shared.persistence.unit_of_work import SqlUnitOfWork


class BookingUnitOfWork(SqlUnitOfWork):
    """One transaction over everything booking keeps."""

    def __init__(self, transactions: Transactions, *, clock: Clock) -> None:
        """Work in transactions from this source."""
        super().__init__(transactions, service="booking", clock=clock)
        self._catalogue_version: Version | None = None

    def __enter__(self) -> Self:
        """Open the transaction."""
        self._forget_version()  # as of another transaction it says nothing
        return super().__enter__()

    @property
    def catalogue(self) -> CatalogueSnapshot:
        """Spaces with their hours and rules."""
        return read_catalogue(self.connection, self._catalogue_version)

    @property
    def patrons(self) -> SqlPatrons:
        """What booking knows of people."""
        return SqlPatrons(self.connection, self._note_version)

    @property
    def reservations(self) -> SqlReservations:
        """All reservations."""
        return SqlReservations(self.connection, self._forget_version)

    @property
    def rulebooks(self) -> SqlRulebooks:
        """Every version of every rulebook."""
        return SqlRulebooks(self.connection)

    @property
    def room_requests(self) -> SqlRoomRequests:
        """What became of rooms asked for by activities."""
        return SqlRoomRequests(self.connection)

    @property
    def inventory(self) -> SqlInventory:
        """Libraries, floors, zones, spaces."""
        return SqlInventory(self.connection)

    @property
    def hours(self) -> SqlHours:
        """Weekly hours and exceptions."""
        return SqlHours(self.connection)

    @property
    def capacity_days(self) -> SqlCapacityDays:
        """What was published for which day."""
        return SqlCapacityDays(self.connection)

    @property
    def feed_keys(self) -> SqlFeedKeys:
        """Keys of personal feeds."""
        return SqlFeedKeys(self.connection)

    @property
    def closures(self) -> SqlClosures:
        """Every closure there was."""
        return SqlClosures(self.connection)

    @property
    def display_keys(self) -> SqlDisplayKeys:
        """Keys of the screens at spaces."""
        return SqlDisplayKeys(self.connection)

    def alternatives(self, wanted: Wanted) -> Sequence[AlternativeSlot]:
        """Return up to five slots near the wanted one that could be had now, nearest first."""
        library = self.catalogue.terms_in(wanted.terms.space.library_id)
        spaces = neighbours(wanted, library)
        return nearest_slots(self.connection, wanted, spaces, self._clock.now())

    def _note_version(self, version: Version) -> None:
        self._catalogue_version = version

    def _forget_version(self) -> None:
        self._catalogue_version = None

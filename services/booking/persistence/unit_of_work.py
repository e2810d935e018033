"""Booking's unit of work: every repository on one connection, in one transaction."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from services.booking.domain.ports import Wanted
from services.booking.persistence.capacity_days import SqlCapacityDays
from services.booking.persistence.catalogue import CatalogueCache, SqlCatalogue
from services.booking.persistence.feed_keys import SqlFeedKeys
from services.booking.persistence.hours import SqlHours
from services.booking.persistence.inventory import SqlInventory
from services.booking.persistence.patrons import SqlPatrons
from services.booking.persistence.reservations import SqlReservations
from services.booking.persistence.room_requests import SqlRoomRequests
from services.booking.persistence.rulebooks import SqlRulebooks
from shared.contracts.booking import AlternativeSlot
from shared.kernel.clock import Clock
from shared.persistence.transactions import Transactions
from shared.persistence.unit_of_work import SqlUnitOfWork

FindAlternatives = Callable[[Connection, Wanted, Clock], Sequence[AlternativeSlot]]


def offer_nothing(_: Connection, __: Wanted, ___: Clock) -> Sequence[AlternativeSlot]:
    """Return no alternatives: for imports, which nobody reads the refusals of while they run."""
    return ()


class BookingUnitOfWork(SqlUnitOfWork):
    """One transaction over everything booking keeps."""

    def __init__(
        self,
        transactions: Transactions,
        *,
        clock: Clock,
        cache: CatalogueCache | None = None,
        find_alternatives: FindAlternatives = offer_nothing,
    ) -> None:
        """Share the process's cache; without one, read the catalogue anew for every use."""
        super().__init__(transactions, service="booking", clock=clock)
        self._cache = cache or CatalogueCache()
        self._find_alternatives = find_alternatives
        self._catalogue: SqlCatalogue | None = None

    @property
    def catalogue(self) -> SqlCatalogue:
        """Spaces with their hours and rules."""
        connection = self.connection
        if self._catalogue is None or self._catalogue.connection is not connection:
            self._catalogue = SqlCatalogue(connection, self._cache)
        return self._catalogue

    @property
    def patrons(self) -> SqlPatrons:
        """What booking knows of people."""
        return SqlPatrons(self.connection, self.catalogue)

    @property
    def reservations(self) -> SqlReservations:
        """All reservations."""
        return SqlReservations(self.connection)

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

    def alternatives(self, wanted: Wanted) -> Sequence[AlternativeSlot]:
        """Return up to five slots near the wanted one that could be had now, nearest first."""
        return self._find_alternatives(self.connection, wanted, self._clock)

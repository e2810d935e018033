"""One transaction of the events service: its repositories and its outbox."""

from services.events.domain.ports import (
    Attendances,
    Decisions,
    LibraryEvents,
    Registrations,
    Scans,
    Spaces,
)
from services.events.persistence.attendances import SqlAttendances
from services.events.persistence.decisions import SqlDecisions
from services.events.persistence.library_events import SqlLibraryEvents
from services.events.persistence.registrations import SqlRegistrations
from services.events.persistence.scans import SqlScans
from services.events.persistence.spaces import SqlSpaces
from shared.kernel.clock import Clock
from shared.persistence.transactions import Transactions
from shared.persistence.unit_of_work import SqlUnitOfWork


class EventsUnitOfWork(SqlUnitOfWork):
    """Activities, sign-ups, presences, decisions and spaces in one transaction."""

    def __init__(self, transactions: Transactions, *, clock: Clock) -> None:
        """Work in transactions from this source."""
        super().__init__(transactions, service="events", clock=clock)

    @property
    def library_events(self) -> LibraryEvents:
        """All activities."""
        return SqlLibraryEvents(self.connection)

    @property
    def registrations(self) -> Registrations:
        """All sign-ups."""
        return SqlRegistrations(self.connection)

    @property
    def attendances(self) -> Attendances:
        """All presences."""
        return SqlAttendances(self.connection)

    @property
    def scans(self) -> Scans:
        """All tickets shown at doors."""
        return SqlScans(self.connection)

    @property
    def decisions(self) -> Decisions:
        """The waiting lists' account."""
        return SqlDecisions(self.connection)

    @property
    def spaces(self) -> Spaces:
        """The copy of the spaces."""
        return SqlSpaces(self.connection)

"""What the commands need from the outside, told without saying how it is kept."""

from collections.abc import Sequence
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self
from uuid import UUID

from services.events.domain.attendance import Attendance, Measure
from services.events.domain.door import DoorScan
from services.events.domain.headcount import Headcount
from services.events.domain.library_event import LibraryEvent
from services.events.domain.registration import Registration
from services.events.domain.space import Space
from services.events.domain.waiting_list import Decision, Tally
from shared.contracts.domain_event import DomainEvent


class LibraryEvents(Protocol):
    """All activities."""

    def lock(self, library_event_id: UUID) -> LibraryEvent | None:
        """Return an activity nobody else changes until this transaction ends.

        Everything that gives or frees a place begins here, so that sign-ups for one activity come
        one after the other. It is always the first lock taken.
        """
        ...

    def add(self, library_event: LibraryEvent) -> None:
        """Keep a new activity."""
        ...

    def save(self, library_event: LibraryEvent) -> None:
        """Keep a changed activity; its version rises by one."""
        ...

    def remove(self, library_event: LibraryEvent) -> None:
        """Forget a draft."""
        ...

    def with_expired_holds(self, now: datetime) -> Sequence[UUID]:
        """Return the drafts whose time with their room is over."""
        ...

    def ended_before(self, instant: datetime) -> Sequence[UUID]:
        """Return the published activities that ended before an instant."""
        ...


class Registrations(Protocol):
    """All sign-ups."""

    def get(self, registration_id: UUID) -> Registration | None:
        """Return a sign-up as it is now."""
        ...

    def add(self, registration: Registration) -> None:
        """Keep a new sign-up, behind all others of its activity."""
        ...

    def save(self, *registrations: Registration) -> None:
        """Keep changed sign-ups; each version rises by one."""
        ...

    def tally(self, library_event_id: UUID) -> Tally:
        """Return how full the activity is."""
        ...

    def waiting(self, library_event_id: UUID, limit: int) -> Sequence[Registration]:
        """Return the first who wait, in order of arrival."""
        ...

    def live_of(self, library_event_id: UUID, patrons: Sequence[UUID]) -> Sequence[Registration]:
        """Return these persons' live sign-ups for an activity."""
        ...

    def with_tickets(self, codes: Sequence[str]) -> Sequence[Registration]:
        """Return the sign-ups, of any activity, that have these ticket codes."""
        ...

    def unsettled(self, library_event_id: UUID) -> Sequence[Registration]:
        """Return all who have, wait for or are offered a place, in order of arrival."""
        ...

    def expired_offers(self, library_event_id: UUID, now: datetime) -> Sequence[Registration]:
        """Return the activity's offers whose time is over, in order of arrival."""
        ...

    def with_expired_offers(self, now: datetime) -> Sequence[UUID]:
        """Return the activities that have such offers."""
        ...


class Attendances(Protocol):
    """All presences, by name and by count."""

    def get(self, attendance_id: UUID) -> Attendance | None:
        """Return an attendance, voided or not."""
        ...

    def add(self, *attendances: Attendance) -> None:
        """Keep new attendances."""
        ...

    def save(self, attendance: Attendance) -> None:
        """Keep a voided attendance."""
        ...

    def standing(self, library_event_id: UUID, patrons: Sequence[UUID]) -> Sequence[Attendance]:
        """Return these persons' attendances at an activity that were not voided."""
        ...

    def wrong_codes(self, library_event_id: UUID, patron_id: UUID) -> int:
        """Return how often a person has sent a wrong code."""
        ...

    def add_wrong_code(self, library_event_id: UUID, patron_id: UUID) -> None:
        """Count one more."""
        ...

    def add_headcount(self, headcount: Headcount) -> None:
        """Keep a count."""
        ...

    def latest_headcount(self, library_event_id: UUID) -> Headcount | None:
        """Return the count that holds."""
        ...

    def measure(self, library_event_id: UUID) -> Measure:
        """Return what is known about who came."""
        ...


class Scans(Protocol):
    """All tickets shown at doors."""

    def of(self, library_event_id: UUID, scan_ids: Sequence[UUID]) -> Sequence[DoorScan]:
        """Return the scans of an activity that were settled under these ids."""
        ...

    def add(self, *scans: DoorScan) -> None:
        """Keep settled scans."""
        ...


class Decisions(Protocol):
    """The waiting lists' own account; only ever added to."""

    def add(self, *decisions: Decision) -> None:
        """Write decisions down."""
        ...

    def of(self, registration_id: UUID) -> Sequence[Decision]:
        """Return what was decided about a sign-up, oldest first."""
        ...


class Spaces(Protocol):
    """The copy of the spaces."""

    def get(self, space_id: UUID) -> Space | None:
        """Return a space."""
        ...

    def timezone_of(self, library_id: UUID) -> str | None:
        """Return a library's time zone, or None when no space of it is known."""
        ...

    def learn(self, space: Space, sequence: int) -> None:
        """Keep a description unless a later one (higher sequence) is known."""
        ...


class UnitOfWork(Protocol):
    """One transaction: state and messages are kept together or not at all."""

    @property
    def library_events(self) -> LibraryEvents:
        """All activities."""
        ...

    @property
    def registrations(self) -> Registrations:
        """All sign-ups."""
        ...

    @property
    def attendances(self) -> Attendances:
        """All presences."""
        ...

    @property
    def scans(self) -> Scans:
        """All tickets shown at doors."""
        ...

    @property
    def decisions(self) -> Decisions:
        """The waiting lists' account."""
        ...

    @property
    def spaces(self) -> Spaces:
        """The copy of the spaces."""
        ...

    def __enter__(self) -> Self:
        """Begin."""
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
        """Tell the others, when this commits."""
        ...

    def commit(self) -> None:
        """Keep state and messages."""
        ...

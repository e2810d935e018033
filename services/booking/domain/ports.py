"""What the commands about reservations need from the outside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Protocol, Self
from uuid import UUID

from services.booking.domain import rulebook
from services.booking.domain.opening_hours import OpeningHours
from services.booking.domain.quotas import Use
from services.booking.domain.reservation import Reservation
from services.booking.domain.rulebook import Rulebook
from services.booking.domain.space import Space
from shared.contracts.booking import AlternativeSlot
from shared.contracts.domain_event import DomainEvent
from shared.kernel.time_span import TimeSpan


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything that does not depend on reservations: a space, its hours, its library's rules."""

    space: Space
    hours: OpeningHours
    rulebooks: Sequence[Rulebook]

    def in_force(self, patron_class: str, at: datetime) -> Rulebook | None:
        """Return the rulebook that holds for a class of patrons at an instant, if any."""
        return rulebook.in_force(self.rulebooks, self.space, patron_class, at)

    @property
    def takes_requests(self) -> bool:
        """Whether requests may wait for the space."""
        return rulebook.takes_requests(self.rulebooks, self.space)


@dataclass(frozen=True, slots=True)
class Patron:
    """What booking knows of a person; `patron_class` is None until the gateway has told."""

    patron_id: UUID
    patron_class: str | None = None
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for and could not be had: where alternatives are looked for around.

    An activity is not bound by the rules for people, and keeps the room before and after.
    `in_place_of` is the reservation that would be given up for it: it is in nobody's way.
    """

    terms: Terms
    span: TimeSpan
    party_size: int
    patron_class: str
    patron_id: UUID | None = None
    for_activity: bool = False
    setup_minutes: int = 0
    teardown_minutes: int = 0
    in_place_of: UUID | None = None


@dataclass(frozen=True, slots=True)
class RoomRequestOutcome:
    """What became of a room an activity asked for: granted, refused or given_back.

    `held` is what was granted; `replaced_by` the request of the same activity that has taken over
    what this one held.
    """

    outcome: str
    reservation_id: UUID | None
    held: TimeSpan | None = None
    replaced_by: UUID | None = None


class Catalogue(Protocol):
    """Spaces with their hours and rules."""

    def terms_of(self, space_id: UUID) -> Terms | None:
        """Return the terms of a space, or None if there is no such space."""
        ...

    def terms_in(self, library_id: UUID) -> Sequence[Terms]:
        """Return the terms of a library's spaces by code; none for an unknown library."""
        ...


class Patrons(Protocol):
    """What booking knows of people."""

    def lock(self, patron_id: UUID) -> Patron:
        """Return a person, with whose reservations nobody else deals until the end."""
        ...

    def describe(self, patron: Patron, at: datetime) -> None:
        """Keep what was said about a person, unless something newer is known."""
        ...


class Reservations(Protocol):
    """All reservations. The slot is held by the database, so placing and moving may fail."""

    def used_by(
        self, patron_id: UUID, window: TimeSpan, now: datetime, *, all_ahead: bool
    ) -> Sequence[Use]:
        """Return a person's reservations in a window, and if asked all they hold from now on."""
        ...

    def place(self, reservation: Reservation, *, actor: UUID, message: DomainEvent) -> bool:
        """Insert it with history and message; False, and nothing done, if the slot is taken."""
        ...

    def replace(
        self, ended: Reservation, reservation: Reservation, *, actor: UUID, message: DomainEvent
    ) -> bool:
        """Save one as ended and place the other; False, and nothing done, if the slot is taken.

        Nobody can take what the one held before the other has what it wants.
        """
        ...

    def move(self, reservation: Reservation, *, from_space: UUID) -> bool:
        """Give it another time or space; False, and nothing done, if that slot is taken."""
        ...

    def is_free(self, space_id: UUID, held: TimeSpan) -> bool:
        """Tell whether nobody holds a space in a span; only placing makes sure of it."""
        ...

    def take(self, reservation: Reservation) -> bool:
        """Let a request hold its slot; False, and nothing done, if somebody else holds it."""
        ...

    def ahead_in(
        self, space_ids: Sequence[UUID], window: TimeSpan, now: datetime
    ) -> Iterable[Reservation]:
        """Return what is confirmed or asked for in a window and not begun, by start: all of it."""
        ...

    def lock_rivals(self, reservation: Reservation) -> Sequence[Reservation]:
        """Return the requests for what a reservation holds, locked; skips locked ones."""
        ...

    def unanswered(self, now: datetime) -> Sequence[UUID]:
        """Return the requests whose time for an answer is over, longest ago first."""
        ...

    def lock_unanswered(self, reservation_id: UUID, now: datetime) -> Reservation | None:
        """Return such a one, locked; None when it is none any more or somebody is at it."""
        ...

    def save(self, reservation: Reservation) -> None:
        """Update everything but time and space. Raises VersionConflict."""
        ...

    def note(
        self, reservation_id: UUID, *, at: datetime, actor: UUID | None, change: Mapping[str, Any]
    ) -> None:
        """Append to the history."""
        ...

    def count_notes(self, reservation_id: UUID, action: str) -> int:
        """Return how often something has happened to a reservation."""
        ...

    def find(self, reservation_id: UUID) -> Reservation | None:
        """Return a reservation, or None."""
        ...

    def lock(self, reservation_id: UUID) -> Reservation:
        """Return a reservation nobody else changes until the end. Raises NotFound."""
        ...

    def absent(self, now: datetime) -> Sequence[UUID]:
        """Return those whose holder has not checked in in time, longest ago first."""
        ...

    def lock_absent(self, reservation_id: UUID, now: datetime) -> Reservation | None:
        """Return such a one, locked; None when it is none any more or somebody is at it."""
        ...

    def ended(self, now: datetime) -> Sequence[UUID]:
        """Return those that are active though what they held is over, longest ago first."""
        ...

    def lock_ended(self, reservation_id: UUID, now: datetime) -> Reservation | None:
        """Return such a one, locked; None when it is none any more or somebody is at it."""
        ...


class Rulebooks(Protocol):
    """Every version of every rulebook."""

    def find(self, rulebook_id: UUID | None) -> Rulebook | None:
        """Return a rulebook, or None."""
        ...

    def next_version(
        self, library_id: UUID, scope_type: str, scope_id: str, patron_class: str | None
    ) -> int:
        """Return the number the next version gets; nobody else can take it until the end."""
        ...

    def publish(self, rulebook: Rulebook) -> None:
        """Insert a version."""
        ...

    def scope_exists(self, library_id: UUID, scope_type: str, scope_id: str) -> bool:
        """Tell whether a library has such a scope."""
        ...


class RoomRequests(Protocol):
    """What became of every room an activity asked for, by request."""

    def lock(self, request_id: UUID) -> RoomRequestOutcome | None:
        """Return what became of a request; nobody else deals with it until the end."""
        ...

    def keep(
        self, request_id: UUID, library_event_id: UUID, outcome: RoomRequestOutcome, at: datetime
    ) -> None:
        """Insert or replace."""
        ...


class BookingUnitOfWork(Protocol):
    """One transaction over reservations, people, rules and messages."""

    @property
    def catalogue(self) -> Catalogue:
        """Spaces with their hours and rules."""
        ...

    @property
    def patrons(self) -> Patrons:
        """What booking knows of people."""
        ...

    @property
    def reservations(self) -> Reservations:
        """All reservations."""
        ...

    @property
    def rulebooks(self) -> Rulebooks:
        """Every version of every rulebook."""
        ...

    @property
    def room_requests(self) -> RoomRequests:
        """What became of rooms asked for by activities."""
        ...

    def alternatives(self, wanted: Wanted) -> Sequence[AlternativeSlot]:
        """Return up to five slots near the wanted one that could be had now, nearest first."""
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

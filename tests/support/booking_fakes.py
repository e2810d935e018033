"""Booking's unit of work in memory: it behaves like the one over PostgreSQL, as its tests show."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from services.booking.domain.ports import Patron, RoomRequestOutcome, Terms, Wanted
from services.booking.domain.quotas import Use
from services.booking.domain.reservation import COUNTED, PATRON, Reservation, Status
from services.booking.domain.rulebook import Rulebook
from shared.contracts.booking import AlternativeSlot
from shared.contracts.domain_event import DomainEvent
from shared.kernel.refusal import NotFound, VersionConflict
from shared.kernel.time_span import TimeSpan
from tests.support.booking_builders import LIBRARY_ID, terms_for
from tests.support.booking_predicates import absent, asked, rivals, unanswered


@dataclass
class Kept:
    """What one transaction commits together."""

    terms: dict[UUID, Terms] = field(default_factory=terms_for)
    reservations: dict[UUID, Reservation] = field(default_factory=dict)
    history: list[tuple[UUID, datetime, UUID | None, Mapping[str, Any]]] = field(
        default_factory=list
    )
    patrons: dict[UUID, tuple[Patron, datetime]] = field(default_factory=dict)
    room_requests: dict[UUID, RoomRequestOutcome] = field(default_factory=dict)
    messages: list[DomainEvent] = field(default_factory=list)

    def copy(self) -> "Kept":
        return replace(
            self,
            terms=dict(self.terms),
            reservations=deepcopy(self.reservations),
            history=list(self.history),
            patrons=dict(self.patrons),
            room_requests=dict(self.room_requests),
            messages=list(self.messages),
        )


class FakeBookingUnitOfWork:
    def __init__(self, terms: Mapping[UUID, Terms] | None = None) -> None:
        self.committed = Kept() if terms is None else Kept(dict(terms))
        self._now: Kept | None = None
        self.offered: Sequence[AlternativeSlot] = ()

    def __enter__(self) -> Self:
        self._now = self.committed.copy()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._now = None

    def publish(self, *messages: DomainEvent) -> None:
        self.now.messages.extend(messages)

    def commit(self) -> None:
        self.committed = self.now.copy()

    @property
    def now(self) -> Kept:
        assert self._now is not None, "a unit of work is used inside `with`"
        return self._now

    @property
    def messages(self) -> list[DomainEvent]:
        return self.committed.messages

    @property
    def catalogue(self) -> "FakeCatalogue":
        return FakeCatalogue(self.now)

    @property
    def patrons(self) -> "FakePatrons":
        return FakePatrons(self.now)

    @property
    def reservations(self) -> "FakeReservations":
        return FakeReservations(self.now)

    @property
    def rulebooks(self) -> "FakeRulebooks":
        return FakeRulebooks(self.now)

    @property
    def room_requests(self) -> "FakeRoomRequests":
        return FakeRoomRequests(self.now)

    def alternatives(self, _: Wanted) -> Sequence[AlternativeSlot]:
        return self.offered


@dataclass
class FakeCatalogue:
    kept: Kept

    def terms_of(self, space_id: UUID) -> Terms | None:
        return self.kept.terms.get(space_id)

    def terms_in(self, library_id: UUID) -> Sequence[Terms]:
        return [one for one in self.kept.terms.values() if one.space.library_id == library_id]


@dataclass
class FakePatrons:
    kept: Kept

    def lock(self, patron_id: UUID) -> Patron:
        known = self.kept.patrons.get(patron_id)
        return known[0] if known else Patron(patron_id)

    def describe(self, patron: Patron, at: datetime) -> None:
        known = self.kept.patrons.get(patron.patron_id)
        if known is None or known[1] <= at:
            self.kept.patrons[patron.patron_id] = (patron, at)


@dataclass
class FakeReservations:
    kept: Kept

    def used_by(
        self, patron_id: UUID, window: TimeSpan, now: datetime, *, all_ahead: bool
    ) -> Sequence[Use]:
        return [
            Use(one.id, one.library_id, one.space_type, one.during, asked(one), one.ended_at)
            for one in self.kept.reservations.values()
            if one.patron_id == patron_id
            and one.purpose == PATRON
            and one.status in COUNTED
            and (one.during.overlaps(window) or (all_ahead and asked(one) and one.during.end > now))
        ]

    def place(self, reservation: Reservation, *, actor: UUID, message: DomainEvent) -> bool:
        taken = reservation.active and self._rivals(reservation)
        if reservation.id in self.kept.reservations or taken:
            return False
        self.kept.reservations[reservation.id] = deepcopy(reservation)
        change = {"action": "reserved", "purpose": reservation.purpose}
        self.note(reservation.id, at=reservation.created_at, actor=actor, change=change)
        self.kept.messages.append(message)
        return True

    def replace(
        self, ended: Reservation, reservation: Reservation, *, actor: UUID, message: DomainEvent
    ) -> bool:
        before = self.kept.reservations[ended.id]
        self.save(ended)
        placed = self.place(reservation, actor=actor, message=message)
        if not placed:
            self.kept.reservations[ended.id] = before
        return placed

    def move(self, reservation: Reservation, *, from_space: UUID) -> bool:  # noqa: ARG002 the port's signature
        if self._rivals(reservation):
            return False
        self.save(reservation)
        return True

    def is_free(self, space_id: UUID, held: TimeSpan) -> bool:
        holding = (one for one in self._all() if one.active and one.space_id == space_id)
        return not any(one.held.overlaps(held) for one in holding)

    def take(self, reservation: Reservation) -> bool:
        return self.move(reservation, from_space=reservation.space_id)

    def ahead_in(
        self, space_ids: Sequence[UUID], window: TimeSpan, now: datetime
    ) -> Sequence[Reservation]:
        waiting = (
            one
            for one in self._all()
            if one.status in (Status.CONFIRMED, Status.PENDING) and one.during.start > now
        )
        found = [one for one in waiting if one.space_id in space_ids]
        return deepcopy([one for one in found if one.during.overlaps(window)])

    def lock_rivals(self, reservation: Reservation) -> Sequence[Reservation]:
        pending = (one for one in self._all() if one.status is Status.PENDING)
        return deepcopy([one for one in pending if rivals(one, reservation)])

    def unanswered(self, now: datetime) -> Sequence[UUID]:
        return [one.id for one in self._all() if unanswered(one, now)]

    def lock_unanswered(self, reservation_id: UUID, now: datetime) -> Reservation | None:
        found = self.lock(reservation_id)
        return found if unanswered(found, now) else None

    def save(self, reservation: Reservation) -> None:
        if self.kept.reservations[reservation.id].version != reservation.version:
            raise VersionConflict
        reservation.version += 1
        self.kept.reservations[reservation.id] = deepcopy(reservation)

    def note(
        self, reservation_id: UUID, *, at: datetime, actor: UUID | None, change: Mapping[str, Any]
    ) -> None:
        self.kept.history.append((reservation_id, at, actor, change))

    def count_notes(self, reservation_id: UUID, action: str) -> int:
        return sum(
            (of, change["action"]) == (reservation_id, action)
            for of, _, _, change in self.kept.history
        )

    def find(self, reservation_id: UUID) -> Reservation | None:
        return deepcopy(self.kept.reservations.get(reservation_id))

    def lock(self, reservation_id: UUID) -> Reservation:
        found = self.find(reservation_id)
        if found is None:
            raise NotFound
        return found

    def absent(self, now: datetime) -> Sequence[UUID]:
        return [one.id for one in self._all() if absent(one, now)]

    def lock_absent(self, reservation_id: UUID, now: datetime) -> Reservation | None:
        return self.find(reservation_id) if reservation_id in self.absent(now) else None

    def ended(self, now: datetime) -> Sequence[UUID]:
        return [one.id for one in self._all() if one.active and one.held.end <= now]

    def lock_ended(self, reservation_id: UUID, now: datetime) -> Reservation | None:
        return self.find(reservation_id) if reservation_id in self.ended(now) else None

    def _all(self) -> list[Reservation]:
        return sorted(self.kept.reservations.values(), key=lambda one: one.held.end)

    def _rivals(self, wanted: Reservation) -> list[Reservation]:
        return [one for one in self._all() if one.active and rivals(one, wanted)]


@dataclass
class FakeRulebooks:
    kept: Kept

    def find(self, rulebook_id: UUID | None) -> Rulebook | None:
        return next((one for one in self._all() if one.id == rulebook_id), None)

    def next_version(
        self, library_id: UUID, scope_type: str, scope_id: str, patron_class: str | None
    ) -> int:
        wanted = (library_id, scope_type, scope_id, patron_class)
        versions = [
            one.version
            for one in self._all()
            if (one.library_id, one.scope_type, one.scope_id, one.patron_class) == wanted
        ]
        return max(versions, default=0) + 1

    def publish(self, rulebook: Rulebook) -> None:
        for space_id, terms in self.kept.terms.items():
            self.kept.terms[space_id] = replace(terms, rulebooks=(*terms.rulebooks, rulebook))

    def scope_exists(self, library_id: UUID, scope_type: str, scope_id: str) -> bool:
        known = {("library", str(LIBRARY_ID))}
        for terms in self.kept.terms.values():
            known |= {
                ("space", str(terms.space.id)),
                ("zone", str(terms.space.zone_id)),
                ("space_type", terms.space.space_type),
            }
        return library_id == LIBRARY_ID and (scope_type, scope_id) in known

    def _all(self) -> Sequence[Rulebook]:
        first = next(iter(self.kept.terms.values()), None)
        return first.rulebooks if first else ()


@dataclass
class FakeRoomRequests:
    kept: Kept

    def lock(self, request_id: UUID) -> RoomRequestOutcome | None:
        return self.kept.room_requests.get(request_id)

    def keep(
        self,
        request_id: UUID,
        library_event_id: UUID,  # noqa: ARG002 the port's signature
        outcome: RoomRequestOutcome,
        at: datetime,  # noqa: ARG002 the port's signature
    ) -> None:
        self.kept.room_requests[request_id] = outcome

"""The events service's repositories in memory: they behave like PostgreSQL's, only quicker."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import TracebackType
from typing import Self
from uuid import UUID

from services.events.domain.attendance import Attendance, Measure
from services.events.domain.door import DoorScan
from services.events.domain.headcount import Headcount
from services.events.domain.library_event import LibraryEvent
from services.events.domain.library_event import Status as ActivityStatus
from services.events.domain.registration import (
    LIVE,
    TAKING_A_PLACE,
    UNSETTLED,
    Registration,
    Status,
)
from services.events.domain.room import LIVE as LIVE_ROOMS
from services.events.domain.space import Space
from services.events.domain.waiting_list import Decision, Tally
from shared.contracts.domain_event import DomainEvent


@dataclass
class Kept:
    """What is committed."""

    library_events: dict[UUID, LibraryEvent] = field(default_factory=dict)
    registrations: dict[UUID, Registration] = field(default_factory=dict)
    attendances: dict[UUID, Attendance] = field(default_factory=dict)
    headcounts: list[Headcount] = field(default_factory=list)
    wrong_codes: Counter[tuple[UUID, UUID]] = field(default_factory=Counter)
    scans: dict[tuple[UUID, UUID], DoorScan] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    spaces: dict[UUID, tuple[int, Space]] = field(default_factory=dict)
    published: list[DomainEvent] = field(default_factory=list)


class FakeLibraryEvents:
    def __init__(self, kept: Kept) -> None:
        self._rows = kept.library_events

    def lock(self, library_event_id: UUID) -> LibraryEvent | None:
        return deepcopy(self._rows.get(library_event_id))

    def add(self, library_event: LibraryEvent) -> None:
        self._rows[library_event.id] = deepcopy(library_event)

    def save(self, library_event: LibraryEvent) -> None:
        library_event.version += 1
        self._rows[library_event.id] = deepcopy(library_event)

    def remove(self, library_event: LibraryEvent) -> None:
        del self._rows[library_event.id]

    def with_expired_holds(self, now: datetime) -> Sequence[UUID]:
        due = [
            (each.room.hold_expires_at, each.id)
            for each in self._rows.values()
            if each.status is ActivityStatus.DRAFT
            and each.room.state in LIVE_ROOMS
            and each.room.hold_expires_at is not None
            and each.room.hold_expires_at <= now
        ]
        return [key for _, key in sorted(due)]

    def ended_before(self, instant: datetime) -> Sequence[UUID]:
        due = [
            (each.plan.ends_at, each.id)
            for each in self._rows.values()
            if each.status is ActivityStatus.PUBLISHED and each.plan.ends_at < instant
        ]
        return [key for _, key in sorted(due)]


class FakeRegistrations:
    def __init__(self, kept: Kept) -> None:
        self._rows = kept.registrations

    def get(self, registration_id: UUID) -> Registration | None:
        return deepcopy(self._rows.get(registration_id))

    def add(self, registration: Registration) -> None:
        if self.live_of(registration.library_event_id, [registration.patron_id]):
            raise ValueError("one live sign-up per person and activity")
        self._rows[registration.id] = deepcopy(registration)

    def save(self, *registrations: Registration) -> None:
        for registration in registrations:
            registration.version += 1
            self._rows[registration.id] = deepcopy(registration)

    def tally(self, library_event_id: UUID) -> Tally:
        taking = self._in_order(library_event_id, lambda r: r.status in TAKING_A_PLACE)
        waiting = self._in_order(library_event_id, lambda r: r.status is Status.WAITLISTED)
        return Tally(taken=sum(r.party_size for r in taking), waiting=len(waiting))

    def waiting(self, library_event_id: UUID, limit: int) -> Sequence[Registration]:
        waiting = self._in_order(library_event_id, lambda r: r.status is Status.WAITLISTED)
        return waiting[:limit]

    def live_of(self, library_event_id: UUID, patrons: Sequence[UUID]) -> Sequence[Registration]:
        return self._in_order(
            library_event_id, lambda r: r.patron_id in patrons and r.status in LIVE
        )

    def with_tickets(self, codes: Sequence[str]) -> Sequence[Registration]:
        return [deepcopy(row) for row in self._rows.values() if row.ticket_code in codes]

    def unsettled(self, library_event_id: UUID) -> Sequence[Registration]:
        return self._in_order(library_event_id, lambda r: r.status in UNSETTLED)

    def expired_offers(self, library_event_id: UUID, now: datetime) -> Sequence[Registration]:
        return self._in_order(library_event_id, lambda r: _is_expired(r, now))

    def with_expired_offers(self, now: datetime) -> Sequence[UUID]:
        due = [
            (r.offer_expires_at, r.library_event_id)
            for r in self._rows.values()
            if _is_expired(r, now)
        ]
        return list(dict.fromkeys(key for _, key in sorted(due)))

    def _in_order(
        self, library_event_id: UUID, wanted: Callable[[Registration], bool]
    ) -> list[Registration]:
        # A dictionary keeps the order of arrival; saving again does not move a row.
        return [
            deepcopy(row)
            for row in self._rows.values()
            if row.library_event_id == library_event_id and wanted(row)
        ]


class FakeAttendances:
    def __init__(self, kept: Kept) -> None:
        self._rows = kept.attendances
        self._headcounts = kept.headcounts
        self._wrong_codes = kept.wrong_codes

    def get(self, attendance_id: UUID) -> Attendance | None:
        return deepcopy(self._rows.get(attendance_id))

    def add(self, *attendances: Attendance) -> None:
        for attendance in attendances:
            if self.standing(attendance.library_event_id, [attendance.patron_id]):
                raise ValueError("one standing attendance per person and activity")
            self._rows[attendance.id] = deepcopy(attendance)

    def save(self, attendance: Attendance) -> None:
        self._rows[attendance.id] = deepcopy(attendance)

    def standing(self, library_event_id: UUID, patrons: Sequence[UUID]) -> Sequence[Attendance]:
        return [
            deepcopy(row)
            for row in self._rows.values()
            if row.library_event_id == library_event_id
            and row.patron_id in patrons
            and row.voided_at is None
        ]

    def wrong_codes(self, library_event_id: UUID, patron_id: UUID) -> int:
        return self._wrong_codes[library_event_id, patron_id]

    def add_wrong_code(self, library_event_id: UUID, patron_id: UUID) -> None:
        self._wrong_codes[library_event_id, patron_id] += 1

    def add_headcount(self, headcount: Headcount) -> None:
        self._headcounts.append(headcount)

    def latest_headcount(self, library_event_id: UUID) -> Headcount | None:
        counts = [each for each in self._headcounts if each.library_event_id == library_event_id]
        return counts[-1] if counts else None

    def measure(self, library_event_id: UUID) -> Measure:
        patrons = [row.patron_id for row in self._rows.values()]
        counts = [
            each.anonymous for each in self._headcounts if each.library_event_id == library_event_id
        ]
        return Measure(
            names=len(self.standing(library_event_id, patrons)),
            headcount=counts[-1] if counts else None,
        )


class FakeScans:
    def __init__(self, kept: Kept) -> None:
        self._rows, self._attendances = kept.scans, kept.attendances

    def of(self, library_event_id: UUID, scan_ids: Sequence[UUID]) -> Sequence[DoorScan]:
        keys = [(library_event_id, scan_id) for scan_id in scan_ids]
        return [self._told(self._rows[key]) for key in dict.fromkeys(keys) if key in self._rows]

    def _told(self, scan: DoorScan) -> DoorScan:
        there = self._attendances.get(scan.attendance_id) if scan.attendance_id else None
        whose = scan.registration_id or (there and there.registration_id)
        return replace(scan, registration_id=whose)

    def add(self, *scans: DoorScan) -> None:
        for scan in scans:
            key = (scan.library_event_id, scan.scan_id)
            if key in self._rows:
                raise ValueError("one outcome per scan")
            self._rows[key] = scan


class FakeDecisions:
    def __init__(self, kept: Kept) -> None:
        self._rows = kept.decisions

    def add(self, *decisions: Decision) -> None:
        self._rows.extend(decisions)

    def of(self, registration_id: UUID) -> Sequence[Decision]:
        return [row for row in self._rows if row.registration_id == registration_id]


class FakeSpaces:
    def __init__(self, kept: Kept) -> None:
        self._rows = kept.spaces

    def get(self, space_id: UUID) -> Space | None:
        known = self._rows.get(space_id)
        return None if known is None else known[1]

    def timezone_of(self, library_id: UUID) -> str | None:
        known = [row for row in self._rows.values() if row[1].library_id == library_id]
        return max(known, key=lambda row: row[0])[1].timezone if known else None

    def learn(self, space: Space, sequence: int) -> None:
        known = self._rows.get(space.id)
        if known is None or known[0] <= sequence:
            self._rows[space.id] = (sequence, space)


class FakeUnitOfWork(AbstractContextManager["FakeUnitOfWork"]):
    """Works on a copy; commit makes the copy what is kept."""

    def __init__(self) -> None:
        self.kept = Kept()
        self._draft: Kept | None = None

    def __enter__(self) -> Self:
        self._draft = deepcopy(self.kept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._draft = None

    @property
    def draft(self) -> Kept:
        assert self._draft is not None, "a unit of work is used inside `with`"
        return self._draft

    @property
    def library_events(self) -> FakeLibraryEvents:
        return FakeLibraryEvents(self.draft)

    @property
    def registrations(self) -> FakeRegistrations:
        return FakeRegistrations(self.draft)

    @property
    def attendances(self) -> FakeAttendances:
        return FakeAttendances(self.draft)

    @property
    def scans(self) -> FakeScans:
        return FakeScans(self.draft)

    @property
    def decisions(self) -> FakeDecisions:
        return FakeDecisions(self.draft)

    @property
    def spaces(self) -> FakeSpaces:
        return FakeSpaces(self.draft)

    def publish(self, *messages: DomainEvent) -> None:
        self.draft.published.extend(messages)

    def commit(self) -> None:
        self.kept = deepcopy(self.draft)


def _is_expired(registration: Registration, now: datetime) -> bool:
    until = registration.offer_expires_at
    return registration.status is Status.OFFERED and until is not None and until <= now

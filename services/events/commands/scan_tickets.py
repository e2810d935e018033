"""Let people in by their tickets: one at a time, or many at once from a door without network."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.events.commands.finding import locked_for
from services.events.commands.letting_in import let_in
from services.events.domain.actor import Actor
from services.events.domain.attendance import Attendance, Method, require_open
from services.events.domain.door import DoorScan, Outcome, outcome_of, scanned_at
from services.events.domain.library_event import LibraryEvent
from services.events.domain.ports import UnitOfWork
from services.events.domain.registration import Registration
from services.events.domain.ticket import read_ticket_code
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A ticket shown. `scan_id` names it for sending again; without a time it is now."""

    ticket_code: str
    scan_id: UUID
    occurred_at: datetime | None = None
    let_in_waiting: bool = False
    """Whoever waits is let in, because there is room at the door."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanTickets:
    """Settle scans in the order they were made, as the organizer or as staff."""

    library_event_id: UUID
    by: Actor
    scans: Sequence[Scan]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """What a scan came to, and whose ticket of this activity it was."""

    scan_id: UUID
    outcome: Outcome
    attendance_id: UUID | None
    registration: Registration | None


def scan_tickets(command: ScanTickets, *, uow: UnitOfWork, clock: Clock) -> list[Scanned]:
    """Record everybody whose ticket is good; each scan has its own answer, in the order sent.

    A scan sent again changes nothing and has its first answer; another ticket under its id lets
    nobody in. Raises NoSuchLibraryEvent,
    NotAllowed or AttendanceNotOpen.
    """
    now = clock.now()
    with uow:
        library_event = locked_for(uow, command.library_event_id, command.by)
        require_open(library_event, at=now, until=None)
        door = _Door(library_event, command, uow=uow, now=now)
        answers = [door.settle(scan) for scan in command.scans]
        door.keep()
        uow.commit()
    return answers


class _Door:
    """The scans of one request on their way: what is new is kept and told together."""

    def __init__(
        self, library_event: LibraryEvent, command: ScanTickets, *, uow: UnitOfWork, now: datetime
    ) -> None:
        self._library_event = library_event
        self._by = command.by
        self._uow = uow
        self._now = now
        ids = [scan.scan_id for scan in command.scans]
        self._settled = {each.scan_id: each for each in uow.scans.of(library_event.id, ids)}
        codes = [read_ticket_code(scan.ticket_code) for scan in command.scans]
        tickets = uow.registrations.with_tickets(codes)
        self._tickets = {each.ticket_code: each for each in tickets}
        self._fresh: list[DoorScan] = []
        self._admitted: list[Registration] = []
        self._attendances: list[Attendance] = []
        patrons = [each.patron_id for each in self._tickets.values()]
        standing = uow.attendances.standing(library_event.id, patrons)
        self._there = {each.patron_id: each.id for each in standing}

    def settle(self, scan: Scan) -> Scanned:
        registration = self._tickets.get(read_ticket_code(scan.ticket_code))
        if scan.scan_id not in self._settled:
            done = self._settle_first(scan, registration)
            self._settled[scan.scan_id] = done
            self._fresh.append(done)
        done = self._settled[scan.scan_id]
        if not done.is_of(registration):
            return Scanned(
                scan_id=scan.scan_id, outcome=Outcome.REUSED, attendance_id=None, registration=None
            )
        ours = registration is not None and registration.library_event_id == done.library_event_id
        return Scanned(
            scan_id=scan.scan_id,
            outcome=done.outcome,
            attendance_id=done.attendance_id,
            registration=registration if ours else None,
        )

    def keep(self) -> None:
        let_in(self._admitted, uow=self._uow, now=self._now)
        self._uow.attendances.add(*self._attendances)
        self._uow.scans.add(*self._fresh)
        self._uow.publish(*(each.recorded(self._library_event) for each in self._attendances))

    def _settle_first(self, scan: Scan, registration: Registration | None) -> DoorScan:
        at = scanned_at(self._library_event, scan.occurred_at, now=self._now)
        there = self._there.get(registration.patron_id) if registration else None
        if at is None:
            outcome = Outcome.OUT_OF_TIME
        else:
            outcome = outcome_of(
                self._library_event,
                registration,
                is_there=there is not None,
                let_in_waiting=scan.let_in_waiting,
            )
        if registration is not None and at is not None and outcome is Outcome.ADMITTED:
            there = self._admit(registration, at)
        is_in = outcome in {Outcome.ADMITTED, Outcome.ALREADY_IN}
        return DoorScan(
            library_event_id=self._library_event.id,
            scan_id=scan.scan_id,
            outcome=outcome,
            registration_id=registration.id if registration else None,
            attendance_id=there if is_in else None,
            occurred_at=scan.occurred_at or self._now,
            recorded_at=self._now,
            recorded_by=self._by.patron_id,
        )

    def _admit(self, registration: Registration, at: datetime) -> UUID:
        attendance = Attendance(
            id=new_id(),
            library_event_id=self._library_event.id,
            patron_id=registration.patron_id,
            registration_id=registration.id,
            method=Method.TICKET,
            party_size=registration.party_size,
            attended_at=at,
            recorded_at=self._now,
            recorded_by=self._by.patron_id,
        )
        self._admitted.append(registration)
        self._attendances.append(attendance)
        self._there[registration.patron_id] = attendance.id
        return attendance.id

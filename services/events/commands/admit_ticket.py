"""Let one person in by the ticket they show: they are in, or there is a reasoned no."""

from dataclasses import dataclass
from uuid import UUID

from services.events.commands.scan_tickets import Scan, Scanned, ScanTickets, scan_tickets
from services.events.domain import errors
from services.events.domain.actor import Actor
from services.events.domain.attendance import Attendance
from services.events.domain.door import Outcome
from services.events.domain.ports import UnitOfWork
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id

REFUSALS: dict[Outcome, type[errors.TicketRefused]] = {
    Outcome.UNKNOWN: errors.TicketUnknown,
    Outcome.OTHER_ACTIVITY: errors.TicketOfAnotherActivity,
    Outcome.CANCELLED: errors.TicketCancelled,
    Outcome.WAITING: errors.TicketWaiting,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmitTicket:
    """Take a ticket at the door, scanned or typed."""

    library_event_id: UUID
    by: Actor
    ticket_code: str
    let_in_waiting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """The person's presence; `fresh` unless they were in already."""

    attendance: Attendance
    fresh: bool


def admit_ticket(command: AdmitTicket, *, uow: UnitOfWork, clock: Clock) -> Admitted:
    """Record the presence; a ticket shown twice is the same presence.

    Raises NoSuchLibraryEvent, NotAllowed, AttendanceNotOpen, TicketUnknown,
    TicketOfAnotherActivity, TicketCancelled or TicketWaiting.
    """
    scan = Scan(
        ticket_code=command.ticket_code,
        scan_id=new_id(),
        let_in_waiting=command.let_in_waiting,
    )
    scans = ScanTickets(library_event_id=command.library_event_id, by=command.by, scans=[scan])
    [scanned] = scan_tickets(scans, uow=uow, clock=clock)
    with uow:
        attendance = uow.attendances.get(scanned.attendance_id) if scanned.attendance_id else None
    if attendance is None:
        raise _refusal(scanned)
    return Admitted(attendance=attendance, fresh=scanned.outcome is Outcome.ADMITTED)


def _refusal(scanned: Scanned) -> errors.TicketRefused:
    registration = scanned.registration
    if registration is None:
        return REFUSALS.get(scanned.outcome, errors.TicketUnknown)()
    return REFUSALS.get(scanned.outcome, errors.TicketCancelled)(
        registration_id=str(registration.id),
        patron_id=str(registration.patron_id),
        party_size=registration.party_size,
        status=registration.status.value,
    )

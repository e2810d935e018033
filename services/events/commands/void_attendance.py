"""Take back an attendance that was recorded by mistake."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.events.commands.finding import locked_for
from services.events.commands.offer_freed_places import offer_freed_places
from services.events.domain import errors
from services.events.domain.actor import Actor
from services.events.domain.attendance import Attendance
from services.events.domain.library_event import LibraryEvent, Status
from services.events.domain.ports import UnitOfWork
from services.events.domain.waiting_list import Reason, decide, offer_when_let_in
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidAttendance:
    """Take it back, with the reason that will be shown."""

    attendance_id: UUID
    by: Actor
    reason: str


def void_attendance(command: VoidAttendance, *, uow: UnitOfWork, clock: Clock) -> Attendance:
    """Void it; raises NoSuchAttendance, NoSuchLibraryEvent or NotAllowed."""
    now = clock.now()
    with uow:
        seen = uow.attendances.get(command.attendance_id)
        if seen is None:
            raise errors.NoSuchAttendance
        library_event = locked_for(uow, seen.library_event_id, command.by)
        attendance = uow.attendances.get(command.attendance_id)
        if attendance is None:
            raise errors.NoSuchAttendance
        voided = attendance.void(library_event, reason=command.reason, at=now)
        uow.attendances.save(attendance)
        uow.publish(voided)
        if attendance.registration_id is not None:
            _put_back(attendance.registration_id, library_event, uow, now)
        uow.commit()
    return attendance


def _put_back(
    registration_id: UUID, library_event: LibraryEvent, uow: UnitOfWork, now: datetime
) -> None:
    registration = uow.registrations.get(registration_id)
    if registration is None:
        return
    decisions = uow.decisions.of(registration_id)
    let_in = decisions and decisions[-1].reason is Reason.LET_IN_AT_THE_DOOR
    closed = library_event.status is Status.CLOSED
    if let_in and closed:
        registration.leave_unserved(at=now)
    elif let_in:
        registration.wait_on(offered_until=offer_when_let_in(decisions[-1]), at=now)
        uow.decisions.add(decide(registration, now, Reason.BACK_IN_LINE))
    elif closed:
        # Attendance was taken (this one), so what remains is that the person did not come.
        uow.publish(registration.miss(library_event, at=now))
    else:
        registration.was_not_there(at=now)
        if library_event.status is Status.CANCELLED:  # no place is left to put anybody back to
            uow.publish(registration.cancel(library_event, at=now, by="staff"))
    uow.registrations.save(registration)
    offer_freed_places(library_event, uow=uow, now=now)

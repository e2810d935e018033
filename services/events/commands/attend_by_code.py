"""Say with the code shown in the room that one is there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.events.commands.finding import locked
from services.events.domain import errors
from services.events.domain.attendance import Attendance, Method, require_open
from services.events.domain.library_event import LibraryEvent
from services.events.domain.ports import UnitOfWork
from services.events.domain.registration import Status
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id
from shared.kernel.rotating_code import code_valid

MOST_WRONG_CODES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendByCode:
    """Send the code as the person who is there."""

    library_event_id: UUID
    patron_id: UUID
    code: str


def attend_by_code(command: AttendByCode, *, uow: UnitOfWork, clock: Clock) -> Attendance:
    """Record the presence; sent twice, it is the same presence.

    Raises NoSuchLibraryEvent, AttendanceNotOpen, WrongAttendanceCode, TooManyWrongCodes or NoPlace.
    """
    now = clock.now()
    with uow:
        library_event = locked(uow, command.library_event_id)
        require_open(library_event, at=now, until=library_event.plan.ends_at)
        _insist_on_code(library_event, command, uow, now)
        if standing := uow.attendances.standing(library_event.id, [command.patron_id]):
            return standing[0]
        live = uow.registrations.live_of(library_event.id, [command.patron_id])
        if not live or live[0].status is not Status.CONFIRMED:
            raise errors.NoPlace(status=live[0].status.value if live else "")
        registration = live[0]
        registration.attend(at=now)
        attendance = Attendance(
            id=new_id(),
            library_event_id=library_event.id,
            patron_id=command.patron_id,
            registration_id=registration.id,
            method=Method.CODE,
            party_size=registration.party_size,
            attended_at=now,
            recorded_at=now,
            recorded_by=command.patron_id,
        )
        uow.registrations.save(registration)
        uow.attendances.add(attendance)
        uow.publish(attendance.recorded(library_event))
        uow.commit()
    return attendance


def _insist_on_code(
    library_event: LibraryEvent, command: AttendByCode, uow: UnitOfWork, now: datetime
) -> None:
    """Count wrong digits, which are kept: six digits can be guessed by who may try for ever."""
    tries = uow.attendances.wrong_codes(library_event.id, command.patron_id)
    if tries >= MOST_WRONG_CODES:
        raise errors.TooManyWrongCodes(most=MOST_WRONG_CODES)
    if not code_valid(library_event.attendance_secret, command.code, now):
        uow.attendances.add_wrong_code(library_event.id, command.patron_id)
        uow.commit()
        raise errors.WrongAttendanceCode

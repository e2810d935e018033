"""Enter who was there: scanned at the door, or from a paper list; walk-ins too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.events.commands.finding import locked_for
from services.events.commands.letting_in import let_in
from services.events.domain import errors
from services.events.domain.actor import Actor
from services.events.domain.attendance import OPENS_BEFORE_START, Attendance, Method, require_open
from services.events.domain.library_event import LibraryEvent
from services.events.domain.ports import UnitOfWork
from services.events.domain.registration import Registration
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """One person who was there. Without a size, the sign-up's; without a time, now."""

    patron_id: UUID
    party_size: int | None = None
    attended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAttendance:
    """Enter a list of people, as the organizer or as staff."""

    library_event_id: UUID
    by: Actor
    attendees: Sequence[Attendee]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Everybody on the list as recorded, and how many of them are new."""

    attendances: list[Attendance]
    fresh: int


def record_attendance(command: RecordAttendance, *, uow: UnitOfWork, clock: Clock) -> Recorded:
    """Record everybody on the list, in its order; who was recorded before stays as recorded.

    Raises NoSuchLibraryEvent, NotAllowed, AttendanceNotOpen or AttendanceRefused.
    """
    now = clock.now()
    with uow:
        library_event = locked_for(uow, command.library_event_id, command.by)
        require_open(library_event, at=now, until=None)
        _require_sensible(library_event, command.attendees, now)
        patrons = [attendee.patron_id for attendee in command.attendees]
        there = {a.patron_id: a for a in uow.attendances.standing(library_event.id, patrons)}
        live = {r.patron_id: r for r in uow.registrations.live_of(library_event.id, patrons)}
        fresh: dict[UUID, Attendance] = {}
        for attendee in command.attendees:
            if attendee.patron_id not in there and attendee.patron_id not in fresh:
                registration = live.get(attendee.patron_id)
                fresh[attendee.patron_id] = _attendance(attendee, registration, command, now)
        let_in([live[patron_id] for patron_id in fresh if patron_id in live], uow=uow, now=now)
        uow.attendances.add(*fresh.values())
        uow.publish(*(attendance.recorded(library_event) for attendance in fresh.values()))
        uow.commit()
    everybody = [(there | fresh)[patron_id] for patron_id in dict.fromkeys(patrons)]
    return Recorded(attendances=everybody, fresh=len(fresh))


def _require_sensible(
    library_event: LibraryEvent, attendees: Sequence[Attendee], now: datetime
) -> None:
    opens_at = library_event.plan.starts_at - OPENS_BEFORE_START
    wall = library_event.setting.wall
    violations = [
        Violation(
            "attended_at_out_of_range",
            {
                "patron_id": str(attendee.patron_id),
                "attended_at": wall(attendee.attended_at),
                "earliest": wall(opens_at),
                "latest": wall(now),
            },
        )
        for attendee in attendees
        if attendee.attended_at is not None and not opens_at <= attendee.attended_at <= now
    ]
    if violations:
        raise errors.AttendanceRefused().because(violations)


def _attendance(
    attendee: Attendee,
    registration: Registration | None,
    command: RecordAttendance,
    now: datetime,
) -> Attendance:
    signed_up = registration.party_size if registration else 1
    return Attendance(
        id=new_id(),
        library_event_id=command.library_event_id,
        patron_id=attendee.patron_id,
        registration_id=registration.id if registration else None,
        method=Method.STAFF,
        party_size=attendee.party_size or signed_up,
        attended_at=attendee.attended_at or now,
        recorded_at=now,
        recorded_by=command.by.patron_id,
    )

"""Settle an activity after its end: who did not come is a fact only if attendance was taken."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.events.commands.finding import locked_for, require_version
from services.events.domain.actor import Actor
from services.events.domain.library_event import LibraryEvent, Status
from services.events.domain.ports import UnitOfWork
from services.events.domain.registration import Status as RegistrationStatus
from services.events.domain.waiting_list import Reason, decide
from shared.kernel.clock import Clock

CLOSE_AFTER_HOURS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseLibraryEvent:
    """Close it, as its organizer or as staff."""

    library_event_id: UUID
    by: Actor
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOverdue:
    """Close what ended so many hours ago and nobody closed."""

    after_hours: int = CLOSE_AFTER_HOURS


def close_library_event(
    command: CloseLibraryEvent, *, uow: UnitOfWork, clock: Clock
) -> LibraryEvent:
    """Settle it and every sign-up.

    Raises NoSuchLibraryEvent, NotAllowed, VersionConflict, NotPossibleNow or NotOverYet.
    """
    with uow:
        library_event = locked_for(uow, command.library_event_id, command.by)
        require_version(command.expected_version, library_event.version)
        _settle(library_event, uow, clock.now())
        uow.commit()
    return library_event


def close_overdue(command: CloseOverdue, *, uow: UnitOfWork, clock: Clock) -> int:
    """Close every overdue activity, each in its own transaction; returns how many."""
    now = clock.now()
    ended_before = now - timedelta(hours=command.after_hours)
    with uow:
        overdue = uow.library_events.ended_before(ended_before)
    closed = 0
    for library_event_id in overdue:
        with uow:
            library_event = uow.library_events.lock(library_event_id)
            if library_event is None or library_event.status is not Status.PUBLISHED:
                continue  # somebody closed it meanwhile
            _settle(library_event, uow, now)
            uow.commit()
            closed += 1
    return closed


def _settle(library_event: LibraryEvent, uow: UnitOfWork, now: datetime) -> None:
    measure = uow.attendances.measure(library_event.id)
    uow.publish(library_event.close(now=now, measured=measure.taken, named=measure.named))
    registrations = uow.registrations.unsettled(library_event.id)
    for registration in registrations:
        if registration.status is not RegistrationStatus.CONFIRMED:
            registration.leave_unserved(at=now)
            uow.decisions.add(decide(registration, now, Reason.ACTIVITY_CLOSED))
        elif measure.named:
            uow.publish(registration.miss(library_event, at=now))
    uow.registrations.save(*registrations)
    uow.library_events.save(library_event)

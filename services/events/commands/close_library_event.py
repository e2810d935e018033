"""Settle an activity after its end: who did not come is a fact only if attendance was taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.events.commands.finding import locked_for
from services.events.domain import moving
from services.events.domain.actor import Actor
from services.events.domain.library_event import LibraryEvent, Status
from services.events.domain.ports import UnitOfWork
from services.events.domain.registration import Status as RegistrationStatus
from services.events.domain.waiting_list import Reason, decide
from shared.kernel.clock import Clock
from shared.kernel.one_by_one import one_by_one

CLOSE_AFTER_HOURS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseLibraryEvent:
    """Close it, as its organizer or as staff."""

    library_event_id: UUID
    by: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOverdue:
    """Close what ended so many hours ago and nobody closed."""

    after_hours: int = CLOSE_AFTER_HOURS


def close_library_event(
    command: CloseLibraryEvent, *, uow: UnitOfWork, clock: Clock
) -> LibraryEvent:
    """Settle it and every sign-up.

    Raises NoSuchLibraryEvent, NotAllowed, NotPossibleNow or NotOverYet.
    """
    with uow:
        library_event = locked_for(uow, command.library_event_id, command.by)
        _settle(library_event, uow, clock.now())
        uow.commit()
    return library_event


def close_overdue(command: CloseOverdue, *, uow: UnitOfWork, clock: Clock) -> int:
    """Close every overdue activity, each in its own transaction; returns how many.

    Raises LeftUndone when some could not be closed.
    """
    now = clock.now()
    ended_before = now - timedelta(hours=command.after_hours)
    with uow:
        overdue = uow.library_events.ended_before(ended_before)
    return one_by_one("close activity", overdue, lambda each: _close_overdue(each, uow, now))


def _close_overdue(library_event_id: UUID, uow: UnitOfWork, now: datetime) -> int:
    with uow:
        library_event = uow.library_events.lock(library_event_id)
        if library_event is None or library_event.status is not Status.PUBLISHED:
            return 0  # somebody closed it meanwhile
        _settle(library_event, uow, now)
        uow.commit()
    return 1


def _settle(library_event: LibraryEvent, uow: UnitOfWork, now: datetime) -> None:
    measure = uow.attendances.measure(library_event.id)
    uow.publish(library_event.close(now=now, measured=measure.taken, named=measure.named))
    uow.publish(*moving.give_up(library_event, now=now))
    registrations = uow.registrations.unsettled(library_event.id)
    there = _there(library_event, [each.patron_id for each in registrations], uow)
    for registration in registrations:
        if registration.status is not RegistrationStatus.CONFIRMED:
            registration.leave_unserved(at=now)
            uow.decisions.add(decide(registration, now, Reason.ACTIVITY_CLOSED))
        elif registration.patron_id in there:
            registration.attend(at=now)
        elif measure.named:
            uow.publish(registration.miss(library_event, at=now))
    uow.registrations.save(*registrations)
    uow.library_events.save(library_event)


def _there(library_event: LibraryEvent, patrons: Sequence[UUID], uow: UnitOfWork) -> set[UUID]:
    """Return who of these was there: some were entered as walk-ins and signed up only then."""
    return {each.patron_id for each in uow.attendances.standing(library_event.id, patrons)}

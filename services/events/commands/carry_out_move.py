"""The step every move that can be had ends with: the activity is elsewhere, everybody is told."""

from datetime import datetime

from services.events.commands.offer_freed_places import offer_freed_places
from services.events.domain import moving
from services.events.domain.library_event import LibraryEvent
from services.events.domain.move import Destination
from services.events.domain.ports import UnitOfWork
from services.events.domain.registration import Registration, Status
from services.events.domain.waiting_list import Decision, Reason, decide, offer_after_move


def carry_out_move(
    library_event: LibraryEvent, destination: Destination, *, uow: UnitOfWork, now: datetime
) -> None:
    """Move it and tell whoever has, waits for or is offered a place; it must be locked.

    Places that were free too near the old start are offered now, if the new one leaves time.
    """
    before = library_event.plan
    uow.publish(*moving.carry_out(library_event, destination, now=now))
    registrations = uow.registrations.unsettled(library_event.id)
    for registration in registrations:
        until = offer_after_move(library_event, registration, now)
        uow.publish(registration.moved(library_event, before, offered_until=until))
    uow.registrations.save(*registrations)
    in_line = [one for one in registrations if one.status is not Status.CONFIRMED]
    uow.decisions.add(*(_account(library_event, one, now) for one in in_line))
    offer_freed_places(library_event, uow=uow, now=now)


def _account(library_event: LibraryEvent, registration: Registration, now: datetime) -> Decision:
    starts_at = library_event.setting.wall(library_event.plan.starts_at)
    return decide(registration, now, Reason.ACTIVITY_MOVED, starts_at=starts_at)

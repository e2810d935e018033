"""Enter how many people without names were there; a later count replaces an earlier one."""

from dataclasses import dataclass
from uuid import UUID

from services.events.commands.finding import locked_for
from services.events.domain.actor import Actor
from services.events.domain.attendance import Headcount, require_open
from services.events.domain.ports import UnitOfWork
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class CountHeads:
    """People in the room whose names are not recorded."""

    library_event_id: UUID
    by: Actor
    anonymous: int


def count_heads(command: CountHeads, *, uow: UnitOfWork, clock: Clock) -> Headcount:
    """Record the count; raises NoSuchLibraryEvent, NotAllowed or AttendanceNotOpen."""
    now = clock.now()
    with uow:
        library_event = locked_for(uow, command.library_event_id, command.by)
        require_open(library_event, at=now, until=None)
        headcount = Headcount(
            id=new_id(),
            library_event_id=library_event.id,
            anonymous=command.anonymous,
            counted_at=now,
            recorded_by=command.by.patron_id,
        )
        uow.attendances.add_headcount(headcount)
        uow.publish(headcount.recorded(library_event))
        uow.commit()
    return headcount

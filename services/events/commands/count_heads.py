"""Enter how many people without names were there; a later count replaces an earlier one."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from services.events.commands.finding import locked_for
from services.events.domain.actor import Actor
from services.events.domain.attendance import require_open
from services.events.domain.headcount import Count, Headcount
from services.events.domain.ports import UnitOfWork
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class CountHeads:
    """People in the room whose names are not recorded: all of them, by audience if known."""

    library_event_id: UUID
    by: Actor
    anonymous: int | None = None
    by_audience: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountMore:
    """So many more came through the door (or fewer: a correction), on top of the count so far."""

    library_event_id: UUID
    by: Actor
    more: int
    audience: str | None = None


def count_heads(command: CountHeads | CountMore, *, uow: UnitOfWork, clock: Clock) -> Headcount:
    """Record the count.

    Raises NoSuchLibraryEvent, NotAllowed, AttendanceNotOpen or HeadcountRefused.
    """
    now = clock.now()
    with uow:
        library_event = locked_for(uow, command.library_event_id, command.by)
        require_open(library_event, at=now, until=None)
        count = _count(command, uow)
        headcount = Headcount(
            id=new_id(),
            library_event_id=library_event.id,
            anonymous=count.anonymous,
            counted_at=now,
            recorded_by=command.by.patron_id,
            by_audience=count.by_audience,
        )
        uow.attendances.add_headcount(headcount)
        uow.publish(headcount.recorded(library_event))
        uow.commit()
    return headcount


def _count(command: CountHeads | CountMore, uow: UnitOfWork) -> Count:
    if isinstance(command, CountHeads):
        return Count.of(command.anonymous, command.by_audience or {})
    latest = uow.attendances.latest_headcount(command.library_event_id)
    so_far = Count(latest.anonymous, latest.by_audience) if latest else Count(0, {})
    return so_far.with_more(command.more, command.audience)

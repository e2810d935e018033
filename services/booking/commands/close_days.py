"""Close a library, a zone or a space for some days, or open it again after all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.booking.commands.add_hours_exception import (
    AddHoursException,
    RemoveHoursException,
    add_hours_exception,
    remove_hours_exception,
)
from services.booking.domain.actor import Actor
from services.booking.domain.closure import Closure
from services.booking.domain.closure_ports import ClosingUnitOfWork
from services.booking.domain.hours_book import HoursScope, library_of
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDays:
    """What is closed from a first to a last day, both included, why, and who says so.

    `spans` are (opens, closes) in wall minutes that stay open; none is closed altogether.
    """

    library_id: UUID
    scope_type: str
    scope_id: UUID
    first_day: date
    last_day: date
    name_zh: str
    name_en: str
    actor: Actor
    spans: Sequence[tuple[int, int]] = ()
    closure_id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoClosure:
    """Which closure, and who says so."""

    closure_id: UUID
    actor: Actor


def close_days(command: CloseDays, *, uow: ClosingUnitOfWork, clock: Clock) -> Closure:
    """Return the closure: from now on nobody reserves there; `finish_closures` tells who had.

    Raises NotFound, NotAllowed, MakesNoSense, ExceptionOverlaps.
    """
    scope = HoursScope(command.scope_type, command.scope_id)
    with uow:
        library_id = library_of(scope, uow.inventory)
        command.actor.insist_serves(library_id)
        if library_id != command.library_id:
            raise NotFound(scope_id=str(command.scope_id))
    wanted = _exception(command)
    exception = add_hours_exception(wanted, uow=uow, clock=clock)
    closure = Closure(
        id=command.closure_id,
        library_id=command.library_id,
        scope=scope,
        exception_id=exception.id,
        owns_exception=exception.id == wanted.exception_id,
        first_day=exception.first_day,
        last_day=exception.last_day,
        name_zh=command.name_zh,
        name_en=command.name_en,
        created_by=command.actor.id,
        created_at=clock.now(),
    )
    with uow:
        uow.closures.add(closure)
        uow.commit()
    return closure


def undo_closure(command: UndoClosure, *, uow: ClosingUnitOfWork, clock: Clock) -> None:
    """Let the hours hold that held before; what was cancelled stays so, since people were told.

    An exception that was there before the closure stays, as does one on which another stands.

    Raises NotFound, NotAllowed.
    """
    with uow:
        closure = uow.closures.lock(command.closure_id)
        if closure is None:
            raise NotFound
        command.actor.insist_serves(closure.library_id)
        if closure.undone_at is not None:
            raise NotFound
        goes = closure.owns_exception and not uow.closures.hand_exception_on(closure)
        there = uow.hours.exception(closure.exception_id) is not None
        uow.commit()
    if goes and there:
        gone = RemoveHoursException(exception_id=closure.exception_id)
        remove_hours_exception(gone, uow=uow, clock=clock)
    # Only now: whoever dies before this leaves a closure that can be undone once more.
    with uow:
        uow.closures.note_undone(closure.id, clock.now())
        uow.commit()


def _exception(command: CloseDays) -> AddHoursException:
    return AddHoursException(
        scope_type=command.scope_type,
        scope_id=command.scope_id,
        first_day=command.first_day,
        last_day=command.last_day,
        name_zh=command.name_zh,
        name_en=command.name_en,
        spans=command.spans,
        exception_id=new_id(),
    )

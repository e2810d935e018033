"""Move a published activity to another time or place: asked for first, settled when granted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.events.commands.carry_out_move import carry_out_move
from services.events.commands.finding import locked_for, require_version, setting_of
from services.events.domain import errors, moving
from services.events.domain.actor import Actor
from services.events.domain.library_event import LibraryEvent
from services.events.domain.move import Destination, wished
from services.events.domain.plan import Plan
from services.events.domain.ports import UnitOfWork
from services.events.domain.room import Room
from services.events.domain.space import Setting
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveLibraryEvent:
    """Wish for another time or place; `changes` names fields of move.MOVING."""

    library_event_id: UUID
    by: Actor
    changes: Mapping[str, Any]
    expected_version: int | None = None


def move_library_event(command: MoveLibraryEvent, *, uow: UnitOfWork, clock: Clock) -> LibraryEvent:
    """Ask for the other room and change nothing yet; without a room of ours, move at once.

    Raises NoSuchLibraryEvent, NotAllowed, VersionConflict, NotPossibleNow, HasBegun, PeopleCame,
    MoveWaits, StartsInThePast, MovesNowhere, or PlanRefused when the new plan makes no sense: an
    unknown room, one too small for the places promised, one of another library.
    """
    now = clock.now()
    with uow:
        library_event = locked_for(uow, command.library_event_id, command.by)
        require_version(command.expected_version, library_event.version)
        came = uow.attendances.measure(library_event.id).people
        moving.require_movable(library_event, now=now, came=came)
        plan = wished(library_event.plan, library_event.setting, command.changes, now=now)
        moving.require_somewhere_else(library_event, plan, now=now)
        setting = setting_of(uow, plan, window_since=plan, now=now)
        _require_same_library(library_event.setting, setting, plan)
        if plan.space_id is None:
            carry_out_move(library_event, Destination(plan, setting, Room()), uow=uow, now=now)
        else:
            asked = moving.ask_to_move(library_event, plan, plan.space_id, new_id(), now=now)
            uow.publish(asked)
        uow.library_events.save(library_event)
        uow.commit()
    return library_event


def _require_same_library(before: Setting, after: Setting, plan: Plan) -> None:
    if before.library_id != after.library_id:
        violation = Violation("space_in_another_library", {"space_id": str(plan.space_id)})
        raise errors.PlanRefused().because([violation])

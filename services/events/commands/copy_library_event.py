"""Plan an activity like an earlier one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from services.events.commands.draft_library_event import (
    DRAFT_HOLD_DAYS,
    DraftLibraryEvent,
    draft_library_event,
)
from services.events.commands.finding import locked_for
from services.events.domain.actor import Actor
from services.events.domain.library_event import LibraryEvent
from services.events.domain.next_time import next_time
from services.events.domain.plan import Plan
from services.events.domain.ports import UnitOfWork
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLibraryEvent:
    """Take an activity, in whatever state, as the template of a new draft.

    `changes` names fields of Plan that are to be different. Without a new start it is the next
    week in which the old weekday and wall time are still to come; a new start alone moves the end
    and the sign-up window along.
    """

    library_event_id: UUID
    by: Actor
    changes: Mapping[str, Any] = field(default_factory=dict)
    hold_days: int = DRAFT_HOLD_DAYS


def copy_library_event(command: CopyLibraryEvent, *, uow: UnitOfWork, clock: Clock) -> LibraryEvent:
    """Keep the new draft, whose organizer is who copies, and ask for its room.

    Raises NoSuchLibraryEvent, NotAllowed, PlanRefused or StartsInThePast.
    """
    with uow:
        template = locked_for(uow, command.library_event_id, command.by)
    plan = _plan_of_the_copy(template, command.changes, clock)
    draft = DraftLibraryEvent(by=command.by, plan=plan, hold_days=command.hold_days)
    return draft_library_event(draft, uow=uow, clock=clock)


def _plan_of_the_copy(template: LibraryEvent, changes: Mapping[str, Any], clock: Clock) -> Plan:
    old = template.plan
    starts_at = changes.get("starts_at") or next_time(
        old.starts_at, template.setting.timezone, now=clock.now()
    )
    return old.moved_by(starts_at - old.starts_at).changed_by(changes)

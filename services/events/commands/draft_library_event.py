"""Plan an activity, and ask for its room."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from services.events.commands.finding import setting_of
from services.events.domain import errors
from services.events.domain.actor import Actor
from services.events.domain.library_event import LibraryEvent
from services.events.domain.plan import Plan
from services.events.domain.ports import UnitOfWork
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import NotAllowed

DRAFT_HOLD_DAYS = 14
SECRET_BYTES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLibraryEvent:
    """Plan an activity as its organizer. `hold_days`: how long the draft keeps its room."""

    by: Actor
    plan: Plan
    library_event_id: UUID | None = None
    hold_days: int = DRAFT_HOLD_DAYS


def draft_library_event(
    command: DraftLibraryEvent, *, uow: UnitOfWork, clock: Clock
) -> LibraryEvent:
    """Keep the draft and ask for its room; raises NotAllowed, PlanRefused or StartsInThePast."""
    now = clock.now()
    with uow:
        setting = setting_of(uow, command.plan, window_since=None, now=now)
        if not command.by.runs(command.by.patron_id, setting.library_id):
            raise NotAllowed
        if command.plan.starts_at <= now:
            raise errors.StartsInThePast(starts_at=setting.wall(command.plan.starts_at))
        library_event = LibraryEvent(
            id=command.library_event_id or new_id(),
            organizer_id=command.by.patron_id,
            plan=command.plan,
            setting=setting,
            attendance_secret=secrets.token_bytes(SECRET_BYTES),
            created_at=now,
            changed_at=now,
        )
        if command.plan.space_id is not None:
            uow.publish(
                library_event.ask_for_the_room(new_id(), now=now, hold_days=command.hold_days)
            )
        uow.library_events.add(library_event)
        uow.commit()
    return library_event

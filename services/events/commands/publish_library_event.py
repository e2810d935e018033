"""Put an activity on the public calendar."""

from dataclasses import dataclass
from uuid import UUID

from services.events.commands.finding import locked_for
from services.events.domain import errors
from services.events.domain.actor import Actor
from services.events.domain.library_event import LibraryEvent
from services.events.domain.plan_rules import signing_up_is_still_possible
from services.events.domain.ports import UnitOfWork
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishLibraryEvent:
    """Publish a draft whose room is held, or that needs none."""

    library_event_id: UUID
    by: Actor


def publish_library_event(
    command: PublishLibraryEvent, *, uow: UnitOfWork, clock: Clock
) -> LibraryEvent:
    """Publish it.

    Raises NoSuchLibraryEvent, NotAllowed, RoomNotHeld, NotPossibleNow,
    StartsInThePast, or PlanRefused when signing up would be over already.
    """
    with uow:
        library_event = locked_for(uow, command.library_event_id, command.by)
        now = clock.now()
        uow.publish(library_event.publish(now=now))
        if violation := signing_up_is_still_possible(
            library_event.plan, now, library_event.setting.timezone
        ):
            raise errors.PlanRefused().because([violation])
        uow.library_events.save(library_event)
        uow.commit()
    return library_event

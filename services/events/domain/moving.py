"""What a move does to an activity: wished, carried out, dropped."""

from datetime import datetime
from uuid import UUID

from services.events.domain import errors
from services.events.domain.library_event import LibraryEvent, Status
from services.events.domain.move import Destination, Move
from services.events.domain.plan import Plan
from services.events.domain.room import LIVE, RoomNote, RoomState
from shared.contracts.events import LibraryEventMoved, RoomGivenBack, RoomRequested


def require_movable(library_event: LibraryEvent, *, now: datetime, came: int) -> None:
    """Raise unless it is published, has not begun, and nobody is recorded as there.

    `came`: people recorded. Raises NotPossibleNow, HasBegun or PeopleCame.
    """
    if library_event.status is not Status.PUBLISHED:
        raise errors.NotPossibleNow(status=library_event.status.value)
    if now >= library_event.plan.starts_at:
        starts_at = library_event.setting.wall(library_event.plan.starts_at)
        raise errors.HasBegun(starts_at=starts_at)
    if came:
        raise errors.PeopleCame(people=came)


def require_somewhere_else(library_event: LibraryEvent, wished: Plan, *, now: datetime) -> None:
    """Raise unless the wish is for another time or place, begins in the future, and none waits.

    A wish that was refused is given up for the new one. Raises MoveWaits, StartsInThePast or
    MovesNowhere.
    """
    setting = library_event.setting
    if library_event.move is not None and library_event.move.waits:
        raise errors.MoveWaits(starts_at=setting.wall(library_event.move.starts_at))
    if wished.starts_at <= now:
        raise errors.StartsInThePast(starts_at=setting.wall(wished.starts_at))
    if wished.leads_people_as(library_event.plan):
        raise errors.MovesNowhere(starts_at=setting.wall(wished.starts_at))


def ask_to_move(
    library_event: LibraryEvent, wished: Plan, space_id: UUID, request_id: UUID, *, now: datetime
) -> RoomRequested:
    """Keep the wish beside the plan and ask for its room; the activity's own room stays held.

    Where the two cannot both be held, the same room at times that overlap, the booking service may
    give one up for the other in one step.
    """
    room = library_event.room
    library_event.move = Move.into(wished, space_id, request_id, now=now)
    library_event.changed_at = now
    replaces = room.request_id if room.state in LIVE else None
    return library_event.room_request(wished, space_id, request_id, replaces=replaces)


def carry_out(
    library_event: LibraryEvent, destination: Destination, *, now: datetime
) -> tuple[RoomGivenBack | LibraryEventMoved, ...]:
    """Take over the new time and place, give the old room back, and tell.

    Calendars that show the activity learn of it by a higher sequence.
    """
    before = library_event.plan
    given_back = library_event.give_back_the_room(RoomNote.MOVED, now=now)
    library_event.plan = destination.plan
    library_event.setting = destination.setting
    library_event.room = destination.room
    library_event.move = None
    library_event.moved_at = now
    library_event.changed_at = now
    library_event.calendar_sequence += 1
    told = LibraryEventMoved(
        **library_event.facts(),
        previous_starts_at=before.starts_at,
        previous_ends_at=before.ends_at,
        previous_space_id=before.space_id,
        previous_place=before.place,
    )
    return (*given_back, told)


def drop(library_event: LibraryEvent, *, now: datetime) -> None:
    """Let the wish go; raises NoMove when there is none.

    Nothing is said: if the booking service has granted the room already, or does so yet, the answer
    is stale and is answered in its turn (see room_answers).
    """
    if library_event.move is None:
        raise errors.NoMove
    library_event.move = None
    library_event.changed_at = now


def give_up(library_event: LibraryEvent, *, now: datetime) -> tuple[RoomGivenBack, ...]:
    """Let the wish of an activity that ends go, and give back the room it asks for."""
    wish, library_event.move = library_event.move, None
    if wish is None or wish.room.request_id is None or wish.room.state is not RoomState.REQUESTED:
        return ()
    library_event.changed_at = now
    given_back = RoomGivenBack(library_event_id=library_event.id, request_id=wish.room.request_id)
    return (given_back,)

"""The room of an activity: read the talk about it, ask again, take an alternative."""

from typing import Any
from uuid import UUID

from services.events.api.library_event_schemas import LibraryEventSchema
from services.events.api.parts import RUNNERS, current_actor, current_parts
from services.events.api.room_schemas import AlternativeChoiceSchema, RoomDialogueSchema
from services.events.api.running import read_running, shown_to_runner
from services.events.api.shown import room_shown, room_turn_shown
from services.events.commands.ask_for_room import AskForRoom, ask_for_room
from services.events.commands.take_alternative import TakeAlternative, take_alternative
from services.events.queries import room_turns
from shared.web.blueprint import Blueprint
from shared.web.etags import versioned
from shared.web.idempotency import idempotent
from shared.web.identity import requires

blueprint = Blueprint("rooms", __name__, url_prefix="/library-events/<uuid:library_event_id>/room")


@blueprint.route("", methods=["GET"])
@requires(*RUNNERS)
@blueprint.response(200, RoomDialogueSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def read_dialogue(library_event_id: UUID) -> dict[str, Any]:
    """Read how it stands with the room and how the talk about it went, the latest turn first."""
    row = read_running(library_event_id)
    with current_parts().reading() as connection:
        turns = room_turns.of_library_event(connection, library_event_id)
        spaces = room_turns.spaces_named(connection, turns)
    shown = [room_turn_shown(turn, spaces) for turn in turns]
    return {
        "library_event_id": library_event_id,
        "version": row["version"],
        "room": room_shown(row),
        "turns": shown,
        "move": next((turn for turn in shown if turn["of_move"]), None) if row["move"] else None,
    }


@blueprint.route("", methods=["POST"])
@requires(*RUNNERS)
@idempotent(required=False)
@versioned
@blueprint.response(202, LibraryEventSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def ask_again(library_event_id: UUID) -> dict[str, Any]:
    """Ask once more for a room that was refused or given back."""
    parts = current_parts()
    command = AskForRoom(
        library_event_id=library_event_id,
        by=current_actor(),
        hold_days=parts.settings.draft_hold_days,
    )
    ask_for_room(command, uow=parts.uow(), clock=parts.clock)
    return shown_to_runner(library_event_id)


@blueprint.route("/alternative", methods=["POST"])
@requires(*RUNNERS)
@idempotent(required=False)
@versioned
@blueprint.arguments(AlternativeChoiceSchema)
@blueprint.response(202, LibraryEventSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def take(body: dict[str, Any], library_event_id: UUID) -> dict[str, Any]:
    """Move the draft to one of the alternatives named, and ask for that room."""
    parts = current_parts()
    command = TakeAlternative(
        library_event_id=library_event_id,
        by=current_actor(),
        hold_days=parts.settings.draft_hold_days,
        **body,
    )
    take_alternative(command, uow=parts.uow(), clock=parts.clock)
    return shown_to_runner(library_event_id)

"""Move a published activity, or drop a move that is not settled yet."""

from typing import Any
from uuid import UUID

from services.events.api.library_event_schemas import LibraryEventSchema
from services.events.api.move_schemas import MoveChangesSchema
from services.events.api.parts import RUNNERS, current_actor, current_parts
from services.events.api.running import shown_to_runner, version_read
from services.events.commands.drop_move import DropMove, drop_move
from services.events.commands.move_library_event import MoveLibraryEvent, move_library_event
from shared.web.blueprint import Blueprint
from shared.web.etags import conditional
from shared.web.identity import requires

blueprint = Blueprint("moves", __name__, url_prefix="/library-events/<uuid:library_event_id>/move")


@blueprint.route("", methods=["POST"])
@requires(*RUNNERS)
@conditional
@blueprint.arguments(MoveChangesSchema)
@blueprint.response(202, LibraryEventSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def move(body: dict[str, Any], library_event_id: UUID) -> dict[str, Any]:
    """Ask to move a published activity; nothing changes before the other room is granted.

    Once it is, everybody signed up is told and the old room is given back. Refused, `move` says why
    and what could be had instead. What needs no room of ours moves at once.
    """
    parts = current_parts()
    command = MoveLibraryEvent(
        library_event_id=library_event_id,
        by=current_actor(),
        changes=body,
        expected_version=version_read(library_event_id),
    )
    move_library_event(command, uow=parts.uow(), clock=parts.clock)
    return shown_to_runner(library_event_id)


@blueprint.route("", methods=["DELETE"])
@requires(*RUNNERS)
@conditional
@blueprint.response(200, LibraryEventSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def drop(library_event_id: UUID) -> dict[str, Any]:
    """Drop a move that waits for its answer or was refused; the activity stays as it is."""
    parts = current_parts()
    command = DropMove(
        library_event_id=library_event_id,
        by=current_actor(),
        expected_version=version_read(library_event_id),
    )
    drop_move(command, uow=parts.uow(), clock=parts.clock)
    return shown_to_runner(library_event_id)

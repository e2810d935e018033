"""What a person runs: listed, filtered, and copied into the next one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from services.events.api.library_event_schemas import (
    CopySchema,
    LibraryEventPageSchema,
    LibraryEventSchema,
    MineArgs,
)
from services.events.api.parts import RUNNERS, current_actor, current_parts
from services.events.api.running import shown_to_runner
from services.events.api.shown import library_event_shown
from services.events.commands.copy_library_event import CopyLibraryEvent, copy_library_event
from services.events.queries import mine
from services.events.queries.window import require_forwards
from shared.web.answer_headers import CREATED
from shared.web.blueprint import Blueprint
from shared.web.etags import versioned
from shared.web.idempotency import idempotent
from shared.web.identity import requires
from shared.web.paging import make_cursor, page, read_cursor

blueprint = Blueprint("mine", __name__, url_prefix="/library-events")


@blueprint.route("/mine", methods=["GET"])
@requires(*RUNNERS)
@blueprint.arguments(MineArgs, location="query")
@blueprint.response(200, LibraryEventPageSchema)
def list_mine(args: dict[str, Any]) -> dict[str, Any]:
    """List what the person runs, drafts too, the latest start first; staff see their libraries."""
    actor = current_actor()
    limit = args.pop("limit")
    after = read_cursor(args.pop("cursor", None), datetime, UUID)
    own = args.pop("own", False)
    require_forwards(args.get("since"), args.get("until"))
    runs = mine.run_by_person(
        actor.patron_id, staff=actor.staff and not own, libraries=actor.libraries
    )
    wanted = mine.MineFilter(**args)
    with current_parts().reading() as connection:
        rows = mine.run_by(connection, runs, wanted, after=after, limit=limit + 1)
    items = rows[:limit]
    cursor = make_cursor(items[-1]["starts_at"], items[-1]["id"]) if len(rows) > limit else None
    return page([library_event_shown(row, actor) for row in items], cursor)


@blueprint.route("/<uuid:library_event_id>/copy", methods=["POST"])
@requires(*RUNNERS)
@idempotent(required=True)
@versioned
@blueprint.arguments(CopySchema)
@blueprint.response(201, LibraryEventSchema, headers=CREATED)
@blueprint.alt_response(404, response="NOT_FOUND")
def copy(
    body: dict[str, Any], library_event_id: UUID
) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Plan one more like this one; without a new start, the same weekday and hour, soon."""
    parts = current_parts()
    command = CopyLibraryEvent(
        library_event_id=library_event_id,
        by=current_actor(),
        changes=body,
        hold_days=parts.settings.draft_hold_days,
    )
    made = copy_library_event(command, uow=parts.uow(), clock=parts.clock)
    location = f"/api/events/v1/library-events/{made.id}"
    return shown_to_runner(made.id), 201, {"Location": location}

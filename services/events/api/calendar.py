"""What is on: for everybody, signed in or not."""

from datetime import datetime
from typing import Any
from uuid import UUID

from services.events.api.library_event_schemas import (
    CalendarArgs,
    LibraryEventPageSchema,
    LibraryEventSchema,
)
from services.events.api.parts import actor_or_none, current_parts
from services.events.api.shown import library_event_shown
from services.events.domain import errors
from services.events.domain.library_event import Status
from services.events.queries import library_events
from services.events.queries.library_events import CalendarFilter
from services.events.queries.window import require_forwards
from shared.web.blueprint import Blueprint
from shared.web.etags import etag_of, tag_answer, tagged
from shared.web.operation import welcomes_anybody
from shared.web.paging import make_cursor, page, read_cursor

blueprint = Blueprint("calendar", __name__, url_prefix="/library-events")


@blueprint.route("", methods=["GET"])
@blueprint.arguments(CalendarArgs, location="query")
@blueprint.response(200, LibraryEventPageSchema)
def list_calendar(args: dict[str, Any]) -> dict[str, Any]:
    """List what is on, by start. No sign-in is needed."""
    parts = current_parts()
    limit = args.pop("limit")
    after = read_cursor(args.pop("cursor", None), datetime, UUID)
    language = args.pop("language", None)
    require_forwards(args.get("since"), args.get("until"))
    wanted = CalendarFilter(**{"since": parts.clock.now(), **args})
    with parts.reading() as connection:
        rows = library_events.calendar(connection, wanted, after=after, limit=limit + 1)
    items = rows[:limit]
    cursor = make_cursor(items[-1]["starts_at"], items[-1]["id"]) if len(rows) > limit else None
    return page([library_event_shown(row, None, language=language) for row in items], cursor)


@blueprint.route("/<uuid:library_event_id>", methods=["GET"])
@welcomes_anybody
@tagged
@blueprint.response(200, LibraryEventSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def read_library_event(library_event_id: UUID) -> dict[str, Any]:
    """Read one activity. No sign-in is needed for what is published.

    The ETag is to be sent as If-Match with a change, in whatever language it was read; it holds
    as long as the plan does, though the number of places taken changes.
    """
    reader = actor_or_none()
    with current_parts().reading() as connection:
        row = library_events.one(connection, library_event_id)
    if row is None:
        raise errors.NoSuchLibraryEvent
    is_draft = row["status"] == Status.DRAFT
    if is_draft and not (reader and reader.runs(row["organizer_id"], row["library_id"])):
        raise errors.NoSuchLibraryEvent
    tag_answer(etag_of(library_event_id, row["version"]))
    return library_event_shown(row, reader)

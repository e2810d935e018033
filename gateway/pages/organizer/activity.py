"""One activity as those who run it see it: how far it is, and what can be done now."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import abort, render_template

from gateway.clients.service import ApiProblem
from gateway.pages import activity_codes, services, visitor
from gateway.pages.organizer.blueprint import ROLES, blueprint
from gateway.parts import current_parts

DOORS = timedelta(minutes=30)


@blueprint.get("/<uuid:library_event_id>")
@visitor.signed_in(*ROLES)
def activity(library_event_id: UUID) -> str:
    """Show how far it is: the talk about its room, what can be done, live numbers."""
    return activity_page(library_event_id)


def activity_page(library_event_id: UUID, problem: ApiProblem | None = None) -> str:
    """Return the page, with a no beside what was wanted."""
    found, etag = running(library_event_id)
    organizing = services.organizing()
    published = found["status"] != "draft"
    return render_template(
        "organizer/activity.html",
        activity=found,
        etag=etag,
        problem=problem,
        talk=organizing.room(library_event_id),
        results=organizing.results(library_event_id) if published else None,
        doors_open=doors_open(found),
        can_move=found["status"] == "published" and not _is_past(found["starts_at"]),
        is_over=_is_past(found["ends_at"]),
        tags=activity_codes.ACTIVITY_TAGS,
    )


def running(library_event_id: UUID) -> tuple[dict[str, Any], str]:
    """Return an activity the visitor runs, and its version; 403 for anybody else's."""
    found, etag = services.organizing().read(library_event_id)
    if "room" not in found:  # shown to those alone who run it
        abort(403)
    return found, etag


def doors_open(found: dict[str, Any]) -> bool:
    """Tell whether attendance may be taken now."""
    opens = datetime.fromisoformat(found["starts_at"]) - DOORS
    return found["status"] == "published" and opens <= current_parts().clock.now()


def _is_past(instant: str) -> bool:
    return datetime.fromisoformat(instant) <= current_parts().clock.now()

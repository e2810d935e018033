"""What came of an activity: from sign-ups to attendance, as numbers, a table and a file."""

from uuid import UUID

from flask import Response, render_template

from gateway.pages import services, visitor
from gateway.pages.organizer.activity import running
from gateway.pages.organizer.blueprint import ROLES, blueprint
from shared.web.csv_answer import CONTENT_TYPE


@blueprint.get("/<uuid:library_event_id>/results")
@visitor.signed_in(*ROLES)
def results(library_event_id: UUID) -> str:
    """Show who signed up, who came, who did not, and what nobody measured."""
    found, _etag = running(library_event_id)
    return render_template(
        "organizer/results.html",
        activity=found,
        results=services.organizing().results(library_event_id),
    )


@blueprint.get("/<uuid:library_event_id>/results.csv")
@visitor.signed_in(*ROLES)
def results_file(library_event_id: UUID) -> Response:
    """Give the same as a file."""
    text = services.organizing().file(library_event_id, "results.csv")
    response = Response(text, content_type=CONTENT_TYPE)
    name = f"results-{library_event_id}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

"""Heat map, funnels and unmet demand as files for spreadsheets."""

from flask import Blueprint, Response, abort

from gateway.pages import services, visitor
from gateway.pages.participation.question import read_question

blueprint = Blueprint("report_files", __name__)
ENDINGS = ("csv", "xlsx")


@blueprint.get("/figures/reports/<name>/export.<ending>")
@visitor.signed_in(*visitor.FIGURE_ROLES)
def export(name: str, ending: str) -> Response:
    """Hand on a report as the file the service makes of it."""
    question = read_question()
    if ending not in ENDINGS or not question.library:
        abort(404)
    kind = question.cell if question.group == "space_kind" else None
    file = services.engagement().export_report(name, ending, question.asked | {"space_kind": kind})
    response = Response(file.content, content_type=file.content_type)
    response.headers["Content-Disposition"] = file.disposition
    return response

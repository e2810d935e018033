"""Heat map, funnels and unmet demand as files for spreadsheets: what the page shows, no more."""

from typing import Any

from flask import Response

from services.engagement.api.parts import FIGURE_READERS, current_parts, disclosure
from services.engagement.api.report_schemas import ReportArgs
from services.engagement.api.reports import report_question
from services.engagement.api.sheet_files import (
    CSV,
    XLSX,
    Sheet,
    csv_file,
    reasons_in_both,
    xlsx_file,
)
from services.engagement.domain.report_sheet import ReportFrame, report_sheet
from services.engagement.domain.reports import REPORTS
from services.engagement.queries.every_report import report_named
from services.engagement.queries.names import all_names
from services.engagement.queries.reports import ReportQuestion
from shared.web.answer_headers import A_FILE
from shared.web.blueprint import Blueprint
from shared.web.identity import requires

blueprint = Blueprint("report_exports", __name__, url_prefix="/reports")


@blueprint.route("/<string:name>/export.csv")
@requires(*FIGURE_READERS)
@blueprint.arguments(ReportArgs, location="query")
@blueprint.response(200, {"type": "string"}, content_type=CSV, headers=A_FILE)
@blueprint.alt_response(404, response="NOT_FOUND")
def export_csv(args: dict[str, Any], name: str) -> Response:
    """Hand out a report as comma-separated values.

    `name` is starts, occupied, booking, sign-up or unmet-demand.
    """
    question = report_question(args)
    return csv_file(_sheet(name, question), _name(name, question))


@blueprint.route("/<string:name>/export.xlsx")
@requires(*FIGURE_READERS)
@blueprint.arguments(ReportArgs, location="query")
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type=XLSX, headers=A_FILE)
@blueprint.alt_response(404, response="NOT_FOUND")
def export_xlsx(args: dict[str, Any], name: str) -> Response:
    """Hand out a report as a workbook; `name` as for comma-separated values."""
    question = report_question(args)
    return xlsx_file(_sheet(name, question), _name(name, question))


def _sheet(name: str, question: ReportQuestion) -> Sheet:
    shown = disclosure()
    with current_parts().reading() as connection:
        lists = report_named(connection, question, name, shown)
        names = all_names(connection)
    frame = ReportFrame(
        report=REPORTS[name],
        first_day=question.period.first_day,
        last_day=question.period.last_day,
        library_id=question.library_id,
        names=names,
        space_kind=question.space_kind,
        hide_below=shown.hide_below,
        reasons=reasons_in_both(),
    )
    return report_sheet(lists, frame)


def _name(name: str, question: ReportQuestion) -> str:
    parts = [name, str(question.period.first_day), str(question.period.last_day)]
    return "_".join([*parts, *([question.space_kind] if question.space_kind else [])])

"""A figure as a file for spreadsheets."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from services.engagement.api.export_schemas import ExportArgs
from services.engagement.api.metrics import question_of
from services.engagement.api.parts import FIGURE_READERS, current_parts, disclosure
from services.engagement.api.sheet_files import (
    CSV,
    XLSX,
    Sheet,
    csv_file,
    reasons_in_both,
    xlsx_file,
)
from services.engagement.domain.figure_sheet import SheetFrame, table_of, words_of
from services.engagement.queries.figures import Question, figure_for, metric_and_split
from services.engagement.queries.names import all_names
from shared.web.answer_headers import A_FILE
from shared.web.blueprint import Blueprint
from shared.web.identity import requires

blueprint = Blueprint("figure_exports", __name__, url_prefix="/metrics")


@blueprint.route("/<string:metric_id>/export.csv")
@requires(*FIGURE_READERS)
@blueprint.arguments(ExportArgs, location="query")
@blueprint.response(200, {"type": "string"}, content_type=CSV, headers=A_FILE)
@blueprint.alt_response(404, response="NOT_FOUND")
def export_csv(args: dict[str, Any], metric_id: str) -> Response:
    """Hand out a figure as comma-separated values (RFC 4180), UTF-8 with a byte order mark."""
    question = question_of(metric_id, args)
    return csv_file(_sheet(question, args), _name(question))


@blueprint.route("/<string:metric_id>/export.xlsx")
@requires(*FIGURE_READERS)
@blueprint.arguments(ExportArgs, location="query")
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type=XLSX, headers=A_FILE)
@blueprint.alt_response(404, response="NOT_FOUND")
def export_xlsx(args: dict[str, Any], metric_id: str) -> Response:
    """Hand out a figure as a workbook: text is written as text, never as a formula or a link."""
    question = question_of(metric_id, args)
    return xlsx_file(_sheet(question, args), _name(question))


def _sheet(question: Question, args: Mapping[str, Any]) -> Sheet:
    metric, _ = metric_and_split(question)
    shown = disclosure()
    with current_parts().reading() as connection:
        figure = figure_for(connection, question, shown)
        names = all_names(connection)
    frame = SheetFrame(
        definition=metric.definition,
        first_day=question.first_day,
        last_day=question.last_day,
        library_id=question.library_id,
        names=names,
        hide_below=shown.hide_below,
        reasons=reasons_in_both(),
    )
    table = table_of(figure, frame)
    return [*words_of(figure, frame), *table] if args["words"] else table


def _name(question: Question) -> str:
    metric, split = metric_and_split(question)
    parts = [metric.definition.id, str(question.first_day), str(question.last_day)]
    return "_".join([*parts, *([split] if split else [])])

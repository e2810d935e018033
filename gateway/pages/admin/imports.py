"""People from the student system's file: send it, read what became of each row."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.commands.import_people import ImportPeople, import_people
from gateway.domain.people_file import MOST_BYTES
from gateway.domain.people_import import OUTCOMES
from gateway.pages import answers, visitor
from gateway.pages.admin.words import outcome_words
from gateway.pages.language import gettext as _
from gateway.pages.refusals import done_or_problem, worded
from gateway.parts import current_parts
from gateway.queries.imports import import_report, import_rows, recent_imports
from shared.web.csv_answer import csv_answer

blueprint = Blueprint("admin_imports", __name__, url_prefix="/admin/imports")
FORM_OVERHEAD_BYTES = 64 * 1024
PAGE = 100
MOST_RECENT = 20


@blueprint.get("")
@visitor.signed_in("admin")
def imports() -> str:
    """Show the form and the imports of late."""
    return _imports(None)


@blueprint.post("")
@visitor.signed_in("admin")
def send() -> ResponseReturnValue:
    """Import a file; the report is the next page."""
    parts = current_parts()
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return redirect(url_for(".imports"))
    with closing(upload):
        content = upload.read()
    wanted = ImportPeople(
        content=content,
        file_name=upload.filename.replace("\x00", ""),
        imported_by=visitor.current_account().patron_id,
    )
    report, problem = done_or_problem(
        lambda: import_people(wanted, uow=parts.uow(), clock=parts.clock)
    )
    if report is None:
        return _imports(problem), problem.page_status if problem else 400
    outcome = "refused" if report.counts["refused"] else None
    return redirect(url_for(".report", import_id=report.import_id, outcome=outcome))


send.largest_body = MOST_BYTES + FORM_OVERHEAD_BYTES  # type: ignore[attr-defined]  # read by site.py


@blueprint.get("/<uuid:import_id>")
@visitor.signed_in("admin")
def report(import_id: UUID) -> str:
    """Show what became of the rows, all or of one outcome."""
    engine = current_parts().engine
    outcome = answers.one_of("outcome", OUTCOMES)
    after = answers.whole_number("after", 0, least=0, most=10**9)
    told = import_report(engine, import_id)
    found = import_rows(
        engine, import_id, outcome=outcome or None, after_line=after, limit=PAGE + 1
    )
    rows = [{**row, "reasons": list(_reasons(row))} for row in found[:PAGE]]
    return render_template(
        "admin/import.html",
        report=told,
        rows=rows,
        outcome=outcome,
        outcomes=outcome_words(),
        next_after=rows[-1]["line"] if len(found) > PAGE else None,
    )


@blueprint.get("/<uuid:import_id>/refused.csv")
@visitor.signed_in("admin")
def refused(import_id: UUID) -> Response:
    """Hand out the refused rows as a file: line, number, column, reason; no names are kept."""
    engine = current_parts().engine
    import_report(engine, import_id)
    rows = import_rows(engine, import_id, outcome="refused", after_line=0, limit=200_000)
    told = (
        (row["line"], row["number"], column, reason)
        for row in rows
        for column, reason in _reasons(row)
    )
    head = (_("Line"), _("Number"), _("Column"), _("Reason"))
    return csv_answer(f"refused-{import_id}.csv", head, told)


def _imports(problem: ApiProblem | None) -> str:
    recent = recent_imports(current_parts().engine, before=None, limit=MOST_RECENT)
    return render_template(
        "admin/imports.html",
        recent=recent,
        problem=problem,
        outcomes=outcome_words(),
        mebibytes=MOST_BYTES // (1024 * 1024),
    )


def _reasons(row: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for violation in row["violations"]:
        numbers = violation["numbers"]
        yield str(numbers.get("field", "")), worded(violation["code"], numbers)

"""What came of an activity, for those who run it: read live at the door, settled when closed."""

from typing import Any
from uuid import UUID

from flask import Response

from services.events.api.parts import RUNNERS, current_parts
from services.events.api.results_schemas import ResultsSchema
from services.events.api.results_shown import results_shown
from services.events.api.running import read_running
from services.events.queries import attendances, results
from shared.web.answer_headers import A_FILE
from shared.web.blueprint import Blueprint
from shared.web.csv_answer import csv_answer
from shared.web.identity import requires
from shared.web.problems import worded

blueprint = Blueprint("results", __name__, url_prefix="/library-events/<uuid:library_event_id>")
IN_THE_FILE = (
    "signed_up", "had_a_place", "came", "no_show", "not_measured", "expected", "offered",
    "waiting", "gave_up", "unserved", "walk_ins",
)  # fmt: skip


@blueprint.route("/results", methods=["GET"])
@requires(*RUNNERS)
@blueprint.response(200, ResultsSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def read_results(library_event_id: UUID) -> dict[str, Any]:
    """Read from sign-ups to attendance: who came, who did not, and what nobody measured."""
    return _results(library_event_id)


@blueprint.route("/results.csv", methods=["GET"])
@requires(*RUNNERS)
@blueprint.response(200, {"type": "string"}, content_type="text/csv", headers=A_FILE)
@blueprint.alt_response(404, response="NOT_FOUND")
def results_file(library_event_id: UUID) -> Response:
    """Read the same as a file for spreadsheets."""
    shown = _results(library_event_id)
    rows: list[tuple[str | int | None, ...]] = [
        (worded(f"results_{name}", {}), shown[name]["sign_ups"], shown[name]["people"])
        for name in IN_THE_FILE
    ]
    counted = shown["head_count"]
    rows.append((worded("results_head_count", {}), None, counted and counted["anonymous"]))
    rows.append((worded("results_present", {}), None, shown["present"]))
    head = [worded(f"column_{name}", {}) for name in ("what", "sign_ups", "people")]
    return csv_answer(f"results-{library_event_id}.csv", head, rows)


def _results(library_event_id: UUID) -> dict[str, Any]:
    row = read_running(library_event_id)
    parts = current_parts()
    with parts.reading() as connection:
        groups = results.sign_ups(connection, library_event_id)
        named = results.walk_ins(connection, library_event_id)
        headcount = attendances.latest_headcount(connection, library_event_id)
    return results_shown(row, groups, named, headcount) | {"at": parts.clock.now()}

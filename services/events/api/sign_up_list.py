"""Who signed up, as those who run the activity read it: in order, with reasons; and as a file."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Response

from services.events.api.parts import RUNNERS, current_parts
from services.events.api.registration_schemas import ListedSchema, SignUpListArgs
from services.events.api.running import read_running
from services.events.api.shown import listed_shown
from services.events.queries import sign_up_list
from shared.web.answer_headers import A_FILE
from shared.web.blueprint import Blueprint
from shared.web.csv_answer import csv_answer
from shared.web.identity import requires
from shared.web.paging import make_cursor, page, page_of, read_cursor
from shared.web.problems import worded

blueprint = Blueprint(
    "sign_up_list", __name__, url_prefix="/library-events/<uuid:library_event_id>"
)
COLUMNS = (
    "arrival", "patron_id", "status", "party_size", "position", "registered_at", "attended_at",
    "reason",
)  # fmt: skip


@blueprint.route("/registrations", methods=["GET"])
@requires(*RUNNERS)
@blueprint.arguments(SignUpListArgs, location="query")
@blueprint.response(200, page_of(ListedSchema))
@blueprint.alt_response(404, response="NOT_FOUND")
def list_registrations(args: dict[str, Any], library_event_id: UUID) -> dict[str, Any]:
    """List who signed up, in order of arrival, and what the waiting list last said about each."""
    place = read_cursor(args.get("cursor"), int)
    limit = args["limit"]
    read_running(library_event_id)
    with current_parts().reading() as connection:
        rows = sign_up_list.of_library_event(
            connection,
            library_event_id,
            statuses=args.get("statuses"),
            after=place[0] if place else None,
            limit=limit + 1,
        )
    cursor = make_cursor(rows[limit - 1]["arrival"]) if len(rows) > limit else None
    return page([listed_shown(row) for row in rows[:limit]], cursor)


@blueprint.route("/registrations.csv", methods=["GET"])
@requires(*RUNNERS)
@blueprint.response(200, {"type": "string"}, content_type="text/csv", headers=A_FILE)
@blueprint.alt_response(404, response="NOT_FOUND")
def list_file(library_event_id: UUID) -> Response:
    """Read the whole list as a file for spreadsheets; times are on the library's clock."""
    activity = read_running(library_event_id)
    zone = ZoneInfo(activity["timezone"])
    with current_parts().reading() as connection:
        rows = sign_up_list.of_library_event(
            connection, library_event_id, statuses=None, after=None, limit=None
        )
    head = [worded(f"column_{name}", {}) for name in COLUMNS]
    table = [_cells(number, row, zone) for number, row in enumerate(rows, start=1)]
    return csv_answer(f"sign-ups-{library_event_id}.csv", head, table)


def _cells(number: int, row: Any, zone: ZoneInfo) -> list[str | int | None]:
    def wall(instant: Any) -> str:
        return instant.astimezone(zone).strftime("%Y-%m-%d %H:%M") if instant else ""

    reason = listed_shown(row)["reason"]
    return [
        number,
        str(row["patron_id"]),
        worded(f"status_{row['status']}", {}),
        row["party_size"],
        row["position"],
        wall(row["registered_at"]),
        wall(row["attended_at"]),
        reason["message"] if reason else "",
    ]

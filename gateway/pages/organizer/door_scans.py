"""Scans the door's script sends: each as it is made, or many once there is network again."""

from typing import Any
from uuid import UUID

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.pages import services, visitor
from gateway.pages.organizer.blueprint import ROLES, blueprint
from gateway.pages.people_directory import names_of

MEMBERS = ("scan_id", "ticket_code", "occurred_at", "let_in_waiting")
TICKET_CHARS = 100


@blueprint.post("/<uuid:library_event_id>/door/scans")
@visitor.signed_in(*ROLES)
def scans(library_event_id: UUID) -> ResponseReturnValue:
    """Settle scans and answer with each one's outcome and, for tickets good here, the name."""
    body = request.get_json(silent=True)
    sent = body.get("scans") if isinstance(body, dict) else None
    if not isinstance(sent, list) or not all(isinstance(one, dict) for one in sent):
        return jsonify(message=""), 400
    try:
        settled = services.organizing().settle_scans(library_event_id, [*map(_readable, sent)])
    except ApiProblem as problem:
        return jsonify(message=" ".join(problem.messages)), problem.status
    people = names_of(one["patron_id"] for one in settled if one["patron_id"])
    return jsonify(items=[_shown(one, people) for one in settled])


def _readable(scan: dict[str, Any]) -> dict[str, Any]:
    """Return a scan as the service takes it.

    A camera reads whatever is held before it; one code that no ticket can have must not come back
    for ever and hold up those waiting behind it, so that it is shown to be unknown.
    """
    wanted = {name: scan[name] for name in MEMBERS if name in scan}
    if isinstance(code := scan.get("ticket_code"), str):
        plain = "".join(letter for letter in code if letter.isprintable()).strip()
        wanted["ticket_code"] = plain[:TICKET_CHARS] or "-"
    return wanted


def _shown(one: dict[str, Any], people: Any) -> dict[str, Any]:
    person = people.get(one["patron_id"])
    return {
        "scan_id": one["scan_id"],
        "outcome": one["outcome"],
        "message": one["message"],
        "name": person.display_name if person else "",
        "party_size": one["party_size"],
    }

"""The door: tickets scanned now, tickets scanned a while ago without network."""

from typing import Any
from uuid import UUID

from services.events.api.door_schemas import ScannedListSchema, ScansSchema
from services.events.api.parts import RUNNERS, current_actor, current_parts
from services.events.commands.scan_tickets import Scan, Scanned, ScanTickets, scan_tickets
from shared.web.blueprint import Blueprint
from shared.web.identity import requires
from shared.web.problems import worded

blueprint = Blueprint("door", __name__, url_prefix="/library-events/<uuid:library_event_id>")


@blueprint.route("/scans", methods=["POST"])
@requires(*RUNNERS)
@blueprint.arguments(ScansSchema)
@blueprint.response(200, ScannedListSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def settle(body: dict[str, Any], library_event_id: UUID) -> dict[str, Any]:
    """Settle scans in the order they were made; one sent again has its first answer.

    Each scan has an outcome of its own: a bad ticket keeps no good one waiting. Sent again, a scan
    is of the same ticket: another one under its `scan_id` is `scan_id_reused` and lets nobody in.
    """
    parts = current_parts()
    command = ScanTickets(
        library_event_id=library_event_id,
        by=current_actor(),
        scans=[Scan(**scan) for scan in body["scans"]],
    )
    settled = scan_tickets(command, uow=parts.uow(), clock=parts.clock)
    return {"items": [_shown(scanned) for scanned in settled]}


def _shown(scanned: Scanned) -> dict[str, Any]:
    registration = scanned.registration
    return {
        "scan_id": scanned.scan_id,
        "outcome": scanned.outcome.value,
        "message": worded(scanned.outcome.value, {}),
        "attendance_id": scanned.attendance_id,
        "registration_id": registration and registration.id,
        "patron_id": registration and registration.patron_id,
        "party_size": registration and registration.party_size,
    }

"""Take spaces over from a file: what became of each row."""

from collections import Counter
from typing import Any
from uuid import UUID

from services.booking.api.inventory_schemas import SpacesFileSchema, SpacesReportSchema
from services.booking.api.parts import STAFF_ROLES, current_actor, current_parts
from services.booking.commands.import_spaces import (
    OUTCOMES,
    ImportedSpace,
    ImportSpaces,
    import_spaces,
)
from services.booking.queries import inventory
from shared.web.blueprint import Blueprint
from shared.web.idempotency import idempotent
from shared.web.identity import requires
from shared.web.problems import worded

blueprint = Blueprint("spaces_import", __name__)
Body = dict[str, Any]


@blueprint.route("/libraries/<uuid:library_id>/spaces/import", methods=["POST"])
@requires(*STAFF_ROLES)
@idempotent(required=True)
@blueprint.arguments(SpacesFileSchema)
@blueprint.response(200, SpacesReportSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def import_file(body: Body, library_id: UUID) -> Body:
    """Add the spaces of a CSV file, and change those whose code is known.

    Columns: code, name_zh, name_en, zone (its code), space_type, space_kind, capacity; features
    (separated by ;) and accessible (yes) if wanted. A row that is refused keeps no other back.
    """
    parts = current_parts()
    with parts.reading() as connection:
        zones = inventory.zones(connection, library_id)
    seen = Counter(zone.code for zone in zones)
    command = ImportSpaces(
        library_id=library_id,
        text=body["csv"],
        zones={zone.code: zone.id for zone in zones if seen[zone.code] == 1},
        actor=current_actor(),
    )
    report = import_spaces(command, uow=parts.uow(), clock=parts.clock)
    counts = Counter(row.outcome for row in report)
    return {
        "counts": {outcome: counts[outcome] for outcome in OUTCOMES},
        "rows": [_shown(row) for row in report],
    }


def _shown(row: ImportedSpace) -> Body:
    refusal = row.refusal
    told: Body = {"line": row.line, "code": row.code, "outcome": row.outcome, "reasons": []}
    if refusal is not None:
        reasons = [(one.code, one.numbers) for one in refusal.violations]
        told["reasons"] = [
            worded(code, numbers, refusal.status)
            for code, numbers in reasons or [(refusal.code, refusal.numbers)]
        ]
    return told

"""Screens at spaces: what everybody may read, and the digits for those that hold a key."""

from typing import Any
from uuid import UUID

from flask import request

from services.booking.api.door_schemas import (
    DisplayKeyBodySchema,
    DisplayKeyListSchema,
    DoorSchema,
    NewDisplayKeySchema,
)
from services.booking.api.hours_schemas import stretch_shown
from services.booking.api.parts import STAFF_ROLES, current_actor, current_parts
from services.booking.commands.issue_display_key import (
    IssueDisplayKey,
    RevokeDisplayKey,
    issue_display_key,
    revoke_display_key,
)
from services.booking.domain.display_key import DisplayKey
from services.booking.queries import door, inventory
from shared.kernel.rotating_code import code_at, seconds_left
from shared.web.blueprint import Blueprint
from shared.web.identity import requires
from shared.web.operation import reads_header
from shared.web.problems import HttpProblem

blueprint = Blueprint("doors", __name__)
HEADER = "Display-Key"
CHALLENGE = f'{HEADER} realm="the screens at a space"'
Body = dict[str, Any]


@blueprint.route("/spaces/<uuid:space_id>/door", methods=["GET"])
@reads_header(HEADER, "The key of a screen at this space; with it the answer has `check_in`.")
@blueprint.response(200, DoorSchema, headers={"Cache-Control": {"schema": {"type": "string"}}})
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(401, response="UNAUTHORIZED")
def read_door(space_id: UUID) -> tuple[Body, int, dict[str, str]]:
    """Read a space as a screen beside its door shows it: when it is taken, never by whom.

    With a display key of the space in the header `Display-Key`, the digits to check in as well. A
    key that is not one of the space's, or no longer, is 401 `display_key_unknown`.
    """
    parts = current_parts()
    now, key = parts.clock.now(), request.headers.get(HEADER)
    with parts.reading() as connection:
        found = door.door(connection, space_id, now)
        with_code = door.display_may_show_code(connection, space_id, key)
    if key and not with_code:
        # Shown as if it had none, a screen could not tell that its key was taken back.
        raise HttpProblem("display_key_unknown", 401, headers={"WWW-Authenticate": CHALLENGE})
    space, library = found.space, found.library
    digits = {"code": code_at(space.secret, now), "seconds_left": seconds_left(now)}
    shown = {
        "space_id": space.id,
        "code": space.code,
        "name_zh": space.name_zh,
        "name_en": space.name_en,
        "library_zh": library.name_zh,
        "library_en": library.name_en,
        "timezone": library.timezone,
        "capacity": space.capacity,
        "now": now,
        "state": found.state,
        "until": found.until,
        "busy": [stretch_shown(span) for span in found.busy],
        "open": [stretch_shown(span) for span in found.open],
        "check_in": digits if with_code else None,
    }
    return shown, 200, {"Cache-Control": "no-store", "Vary": HEADER}


@blueprint.route("/spaces/<uuid:space_id>/display-keys", methods=["GET"])
@requires(*STAFF_ROLES)
@blueprint.response(200, DisplayKeyListSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def list_keys(space_id: UUID) -> Body:
    """List the keys of the screens at a space."""
    with current_parts().reading() as connection:
        space = inventory.space(connection, space_id)
        current_actor().insist_serves(space.library_id)
        return {"items": door.keys_of(connection, space_id)}


@blueprint.route("/spaces/<uuid:space_id>/display-keys", methods=["POST"])
@requires(*STAFF_ROLES)
@blueprint.arguments(DisplayKeyBodySchema)
@blueprint.response(201, NewDisplayKeySchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def issue_key(body: Body, space_id: UUID) -> tuple[Body, int, dict[str, str]]:
    """Give a screen a key; it is shown this once, and kept as a hash.

    Answers with a secret are not kept for an Idempotency-Key: sent again, it makes another key.
    """
    parts = current_parts()
    command = IssueDisplayKey(space_id=space_id, label=body["label"], actor=current_actor())
    key, secret = issue_display_key(command, uow=parts.uow(), clock=parts.clock)
    return {**_shown(key), "key": secret}, 201, {"Cache-Control": "no-store"}


@blueprint.route("/display-keys/<uuid:key_id>", methods=["DELETE"])
@requires(*STAFF_ROLES)
@blueprint.response(204)
@blueprint.alt_response(404, response="NOT_FOUND")
def revoke_key(key_id: UUID) -> None:
    """Let a screen no longer show digits."""
    parts = current_parts()
    command = RevokeDisplayKey(key_id=key_id, actor=current_actor())
    revoke_display_key(command, uow=parts.uow(), clock=parts.clock)


def _shown(key: DisplayKey) -> Body:
    return {
        "id": key.id,
        "space_id": key.space_id,
        "label": key.label,
        "created_by": key.created_by,
        "created_at": key.created_at,
    }

"""Spaces: everybody looks for them, staff define them and take them out of use."""

from typing import Any
from uuid import UUID

from services.booking.api.inventory_schemas import (
    CheckInCodeSchema,
    SpaceBodySchema,
    SpaceListArgs,
    SpaceSchema,
    UseSchema,
)
from services.booking.api.lists import paged, words_of
from services.booking.api.parts import current_parts
from services.booking.api.staff import STAFF, insist_on_library
from services.booking.commands.define_space import DefineSpace, define_space
from services.booking.commands.withdraw_space import (
    ReturnSpace,
    WithdrawSpace,
    return_space,
    withdraw_space,
)
from services.booking.domain.space import Plan, Space
from services.booking.queries import inventory
from services.booking.queries.inventory import SpaceFilter
from shared.kernel.rotating_code import code_at, seconds_left
from shared.web.answer_headers import CREATED
from shared.web.blueprint import Blueprint
from shared.web.etags import check_if_match, conditional, etag_of, tag, tagged
from shared.web.idempotency import idempotent
from shared.web.identity import requires
from shared.web.paging import page_of

blueprint = Blueprint("spaces", __name__, url_prefix="/spaces")
PATH = "/api/booking/v1/spaces"
Body = dict[str, Any]


@blueprint.route("", methods=["GET"])
@blueprint.arguments(SpaceListArgs, location="query")
@blueprint.response(200, page_of(SpaceSchema))
def list_spaces(args: Body) -> Body:
    """List spaces by code."""
    page_args: Body = {name: args.pop(name) for name in ("cursor", "limit") if name in args}
    wanted = SpaceFilter(**{**args, "features": words_of(args.get("features"))})
    with current_parts().reading() as connection:
        found = inventory.spaces(connection, wanted)
    return paged(found, page_args, lambda space: (space.code, space.id))


@blueprint.route("", methods=["POST"])
@requires(*STAFF)
@idempotent(required=True)
@blueprint.arguments(SpaceBodySchema)
@blueprint.response(201, SpaceSchema, headers=CREATED)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def add_space(body: Body) -> tuple[Space, int, dict[str, str]]:
    """Define a space."""
    insist_on_library(_library_of_zone(body["zone_id"]))
    parts = current_parts()
    space = define_space(_described(body), uow=parts.uow(), clock=parts.clock)
    return space, 201, {"Location": f"{PATH}/{space.id}", "ETag": _etag(space)}


@blueprint.route("/<uuid:space_id>", methods=["GET"])
@tagged
@blueprint.response(200, SpaceSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def read_space(space_id: UUID) -> Space:
    """Read a space."""
    found = _space(space_id)
    tag(_etag(found))
    return found


@blueprint.route("/<uuid:space_id>", methods=["PUT"])
@requires(*STAFF)
@conditional
@blueprint.arguments(SpaceBodySchema)
@blueprint.response(200, SpaceSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def change_space(body: Body, space_id: UUID) -> Space:
    """Change a space; it is in use afterwards."""
    parts, version = current_parts(), _matched(space_id)
    insist_on_library(_library_of_zone(body["zone_id"]))
    command = _described(body, space_id=space_id, expected_version=version)
    changed = define_space(command, uow=parts.uow(), clock=parts.clock)
    tag(_etag(changed))
    return changed


@blueprint.route("/<uuid:space_id>", methods=["PATCH"])
@requires(*STAFF)
@conditional
@blueprint.arguments(UseSchema)
@blueprint.response(200, SpaceSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def use_space(body: Body, space_id: UUID) -> Space:
    """Take a space out of use, with a reason, or put it into use again."""
    parts, version = current_parts(), _matched(space_id)
    if body["in_use"]:
        returned = ReturnSpace(space_id=space_id, expected_version=version)
        space = return_space(returned, uow=parts.uow(), clock=parts.clock)
    else:
        withdrawn = WithdrawSpace(
            space_id=space_id, because=body["because"], expected_version=version
        )
        space = withdraw_space(withdrawn, uow=parts.uow(), clock=parts.clock)
    tag(_etag(space))
    return space


@blueprint.route("/<uuid:space_id>/check-in-code", methods=["GET"])
@requires(*STAFF)
@blueprint.response(
    200, CheckInCodeSchema, headers={"Cache-Control": {"schema": {"type": "string"}}}
)
@blueprint.alt_response(404, response="NOT_FOUND")
def read_check_in_code(space_id: UUID) -> tuple[Body, int, dict[str, str]]:
    """Read the digits shown at a space; they are other ones each minute."""
    space = _space(space_id)
    insist_on_library(space.library_id)
    now = current_parts().clock.now()
    shown = {"code": code_at(space.secret, now), "seconds_left": seconds_left(now)}
    return shown, 200, {"Cache-Control": "no-store"}


def _described(body: Body, **more: Any) -> DefineSpace:
    plan = body.pop("plan")
    features = tuple(body.pop("features"))
    return DefineSpace(**body, features=features, plan=Plan(**plan) if plan else None, **more)


def _etag(space: Space) -> str:
    return etag_of(space.id, space.version)


def _space(space_id: UUID) -> Space:
    with current_parts().reading() as connection:
        return inventory.space(connection, space_id)


def _matched(space_id: UUID) -> int:
    """Return the version the caller has read, if it is the present one and theirs to change."""
    found = _space(space_id)
    insist_on_library(found.library_id)
    check_if_match(_etag(found))
    return found.version


def _library_of_zone(zone_id: UUID) -> UUID:
    with current_parts().reading() as connection:
        return inventory.zone(connection, zone_id).library_id

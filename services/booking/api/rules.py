"""Read the rules, publish new ones."""

from typing import Any

from services.booking.api.parts import STAFF_ROLES, current_actor, current_parts
from services.booking.api.rule_schemas import (
    PublishRulesSchema,
    RulebookListSchema,
    RulebooksArgs,
    RulebookSchema,
)
from services.booking.api.shown import rulebook_shown
from services.booking.commands.publish_rules import PublishRules, publish_rules
from services.booking.queries import rulebooks
from shared.web.blueprint import Blueprint
from shared.web.idempotency import idempotent
from shared.web.identity import requires

blueprint = Blueprint("rulebooks", __name__, url_prefix="/rulebooks")


@blueprint.route("", methods=["GET"])
@requires(*STAFF_ROLES)
@blueprint.arguments(RulebooksArgs, location="query")
@blueprint.response(200, RulebookListSchema)
def list_all(args: dict[str, Any]) -> dict[str, Any]:
    """List every version of every rulebook of a library, oldest first."""
    library_id = args["library_id"]
    current_actor().insist_serves(library_id)
    with current_parts().reading() as connection:
        found = rulebooks.of_library(connection, library_id)
    return {"items": [rulebook_shown(one) for one in found]}


@blueprint.route("", methods=["POST"])
@requires(*STAFF_ROLES)
@idempotent(required=True)
@blueprint.arguments(PublishRulesSchema)
@blueprint.response(201, RulebookSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def publish(body: dict[str, Any]) -> dict[str, Any]:
    """Publish the next version for a scope; reservations made so far keep theirs."""
    parts = current_parts()
    command = PublishRules(**body, actor=current_actor())
    return rulebook_shown(publish_rules(command, uow=parts.uow(), clock=parts.clock))

"""Read the rules, publish new ones."""

from typing import Any

from services.booking.api.parts import STAFF_ROLES, current_actor, current_parts
from services.booking.api.rule_schemas import (
    PreviewRulesSchema,
    PreviewSchema,
    PublishRulesSchema,
    RulebookListSchema,
    RulebooksArgs,
    RulebookSchema,
)
from services.booking.api.shown import rulebook_shown
from services.booking.commands.publish_rules import PublishRules, draft_of, publish_rules
from services.booking.queries import rule_preview, rulebooks
from shared.web.blueprint import Blueprint
from shared.web.idempotency import idempotent
from shared.web.identity import requires

DRAFT_VERSION = 2**31 - 1
"""Newer than every version there is."""
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


@blueprint.route("/preview", methods=["POST"])
@requires(*STAFF_ROLES)
@blueprint.arguments(PreviewRulesSchema)
@blueprint.response(200, PreviewSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def preview(body: dict[str, Any]) -> rule_preview.Preview:
    """Say whom a draft would touch: ahead, and over the last days. Nothing is published."""
    parts, days = current_parts(), body.pop("days")
    now = parts.clock.now()
    draft = draft_of(PublishRules(**body, actor=current_actor()), version=DRAFT_VERSION, now=now)
    with parts.reading() as connection:
        return rule_preview.preview(connection, draft, days=days, now=now)

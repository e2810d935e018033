"""A person's own points, and the rules everybody can read."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from services.engagement.api.parts import current_parts
from services.engagement.api.point_schemas import (
    ChoiceSchema,
    EntryArgs,
    MyPointsSchema,
    PublishRuleSchema,
    RuleSchema,
    RulesSchema,
)
from services.engagement.commands.choose_points import ChoosePoints, choose_points
from services.engagement.commands.publish_points_rule import (
    PublishPointsRule,
    publish_points_rule,
)
from services.engagement.domain.act import local_day
from services.engagement.queries import points
from shared.web.blueprint import Blueprint
from shared.web.idempotency import idempotent
from shared.web.identity import current_identity, requires
from shared.web.language import CHINESE, current_language
from shared.web.paging import make_cursor, read_cursor

blueprint = Blueprint("points", __name__)


@blueprint.route("/my/points")
@requires()
@blueprint.arguments(EntryArgs, location="query")
@blueprint.response(200, MyPointsSchema)
def my_points(args: dict[str, Any]) -> dict[str, Any]:
    """Show one's own balance and entries; each names its rule and the message it came from."""
    limit: int = args["limit"]
    place = read_cursor(args.get("cursor"), UUID)
    parts = current_parts()
    pseudonym = parts.pseudonyms.of(current_identity().patron_id)
    with parts.reading() as connection:
        account = points.account_of(connection, pseudonym)
        before = place[0] if place else None
        found = points.entries_of(connection, pseudonym, before=before, limit=limit)
    shown = found[:limit]
    return {
        **account,
        "items": [_named(row, "rule_name") for row in shown],
        "next_cursor": make_cursor(shown[-1]["id"]) if len(found) > limit else None,
    }


@blueprint.route("/my/points/choice", methods=["PUT"])
@requires()
@blueprint.arguments(ChoiceSchema)
@blueprint.response(200, ChoiceSchema)
def choose(body: dict[str, Any]) -> dict[str, Any]:
    """Opt out of points, or back in; acts count in the library's totals either way."""
    parts = current_parts()
    command = ChoosePoints(patron_id=current_identity().patron_id, opted_out=body["opted_out"])
    choose_points(command, uow=parts.uow(), pseudonyms=parts.pseudonyms, clock=parts.clock)
    return {"opted_out": command.opted_out}


@blueprint.route("/point-rules")
@requires()
@blueprint.response(200, RulesSchema)
def point_rules() -> dict[str, Any]:
    """List what acts earn: every version of every rule."""
    parts = current_parts()
    today = local_day(parts.clock.now(), parts.zone)
    with parts.reading() as connection:
        return {"items": [_named(row, "name") for row in points.rules(connection, today)]}


@blueprint.route("/point-rules", methods=["POST"])
@requires("admin")
@idempotent(required=True)
@blueprint.arguments(PublishRuleSchema)
@blueprint.response(201, RuleSchema)
@blueprint.alt_response(409, response="CONFLICT")
def publish_rule(body: dict[str, Any]) -> dict[str, Any]:
    """Publish a rule, or its next version; what was earned before stays as it is."""
    parts = current_parts()
    published = publish_points_rule(
        PublishPointsRule(**body), uow=parts.uow(), clock=parts.clock, zone=parts.zone
    )
    names = {"name_zh": published.name_zh, "name_en": published.name_en}
    return _named({**asdict(published.rule), **names, "in_force": False}, "name")


def _named(row: Mapping[str, Any], member: str) -> dict[str, Any]:
    name = row["name_zh"] if current_language() == CHINESE else row["name_en"]
    return {**row, member: name}

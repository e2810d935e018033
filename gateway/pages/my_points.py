"""My points, with the rule behind every entry."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.pages import services, visitor
from gateway.pages.language import gettext as _

blueprint = Blueprint("my_points", __name__)


@blueprint.get("/my-points")
@visitor.signed_in()
def points() -> str:
    """Show the balance, the entries, and what acts earn."""
    engagement = services.engagement()
    versions = engagement.point_rules()
    known = {(rule["code"], rule["version"]): rule for rule in versions}
    return render_template(
        "my_points.html",
        points=engagement.my_points(cursor=request.args.get("cursor", "")[:1000]),
        rules=now_and_coming(versions),
        behind=lambda entry: known.get((entry["rule_code"], entry["rule_version"])),
        act_pages=act_pages(),
    )


def act_pages() -> dict[str, tuple[str, str]]:
    """Return where a person finds their own acts of each kind that earns points."""
    suggestions = "suggestions.suggestions"
    return {
        "checked_in": (_("My past bookings"), url_for("my_bookings.bookings", when="past")),
        "attended": (
            _("My past activities"),
            url_for("my_bookings.bookings", when="past", _anchor="activities"),
        ),
        "suggestion_submitted": (_("Suggestions I made"), url_for(suggestions, mine="made")),
        "suggestion_supported": (
            _("Suggestions I support"),
            url_for(suggestions, mine="supported"),
        ),
    }


def now_and_coming(versions: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the versions that give something now, and those that will: not what has ended."""
    begun = {rule["code"]: rule["version"] for rule in versions if rule["in_force"]}
    coming = [rule for rule in versions if rule["version"] > begun.get(rule["code"], 0)]
    return [rule for rule in versions if rule["in_force"] and rule["amount"]] + coming


@blueprint.post("/my-points/choice")
@visitor.signed_in()
def choose() -> ResponseReturnValue:
    """Take part in points, or not."""
    opted_out = request.form.get("choice") == "out"
    services.engagement().choose_points(opted_out=opted_out)
    said = _("You no longer collect points.") if opted_out else _("You collect points again.")
    flash(said, "good")
    return redirect(url_for(".points"))

"""My points, with the rule behind every entry."""

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
    newest = {rule["code"]: rule for rule in engagement.point_rules()}
    return render_template(
        "my_points.html",
        points=engagement.my_points(cursor=request.args.get("cursor", "")[:1000]),
        rules=list(newest.values()),
    )


@blueprint.post("/my-points/choice")
@visitor.signed_in()
def choose() -> ResponseReturnValue:
    """Take part in points, or not."""
    opted_out = request.form.get("choice") == "out"
    services.engagement().choose_points(opted_out=opted_out)
    said = _("You no longer collect points.") if opted_out else _("You collect points again.")
    flash(said, "good")
    return redirect(url_for(".points"))

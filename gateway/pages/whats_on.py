"""What is on."""

from flask import Blueprint, render_template

blueprint = Blueprint("whats_on", __name__)


@blueprint.get("/whats-on")
def calendar() -> str:
    """Show the page."""
    return render_template("whats_on.html")

"""My points."""

from flask import Blueprint, render_template

blueprint = Blueprint("my_points", __name__)


@blueprint.get("/my-points")
def points() -> str:
    """Show the page."""
    return render_template("my_points.html")

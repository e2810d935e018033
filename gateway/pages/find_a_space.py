"""Find a space and book it."""

from flask import Blueprint, render_template

blueprint = Blueprint("find_a_space", __name__)


@blueprint.get("/find")
def find() -> str:
    """Show the page."""
    return render_template("find_a_space.html")

"""Suggestions."""

from flask import Blueprint, render_template

blueprint = Blueprint("suggestions", __name__)


@blueprint.get("/suggestions")
def suggestions() -> str:
    """Show the page."""
    return render_template("suggestions.html")

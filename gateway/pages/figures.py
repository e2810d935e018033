"""Figures."""

from flask import Blueprint, render_template

blueprint = Blueprint("figures", __name__)


@blueprint.get("/figures")
def overview() -> str:
    """Show the page."""
    return render_template("figures.html")

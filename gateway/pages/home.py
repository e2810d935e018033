"""What is mine today, what is free now, what is on."""

from flask import Blueprint, render_template

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home() -> str:
    """Show the page."""
    return render_template("home.html")

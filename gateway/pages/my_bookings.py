"""My bookings."""

from flask import Blueprint, render_template

blueprint = Blueprint("my_bookings", __name__)


@blueprint.get("/my-bookings")
def bookings() -> str:
    """Show the page."""
    return render_template("my_bookings.html")

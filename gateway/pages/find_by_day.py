"""The day grid: every space of a library over one day, half-hour by half-hour."""

from datetime import timedelta

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from gateway.pages import services
from gateway.pages.answers import whole_number
from gateway.pages.find_a_space import features_offered, views_of
from gateway.pages.occupancy import columns, row
from gateway.pages.wish import LENGTHS, TYPES, read_wish
from gateway.parts import current_parts

blueprint = Blueprint("find_by_day", __name__)
ROWS = 30


@blueprint.get("/find/day")
def grid() -> ResponseReturnValue:
    """Show a page of the day's grid."""
    places = services.places()
    wish = read_wish(places)
    if wish is None:
        return render_template("find_nothing.html")
    found = services.booking().day(wish.library_id, wish.day, space_type=wish.space_type)
    fitting = [
        space
        for space in found["spaces"]
        if space["capacity"] >= wish.party
        and set(wish.features) <= set(places.space(space["space_id"]).get("features", ()))
    ]
    page = min(whole_number("page", 1), max(1, -(-len(fitting) // ROWS)))
    shown = fitting[(page - 1) * ROWS : page * ROWS]
    now = current_parts().clock.now()
    starts = columns(shown, now)
    here = url_for(".grid")
    return render_template(
        "find_by_day.html",
        wish=wish,
        views=views_of(wish, "day"),
        places=places,
        lengths=LENGTHS,
        types=TYPES,
        features=features_offered(places, wish),
        starts=starts,
        rows=[(space, row(space, starts, now)) for space in shown],
        page=page,
        pages=-(-len(fitting) // ROWS),
        address=lambda number: wish.address(here, page=number),
        before=wish.address(here, day=wish.day - timedelta(days=1)),
        after=wish.address(here, day=wish.day + timedelta(days=1)),
    )

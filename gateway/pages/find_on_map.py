"""The seat map: one floor at one time, every seat a link, and the same as a list."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.pages import services
from gateway.pages.codes import word
from gateway.pages.find_a_space import views_of
from gateway.pages.language import gettext as _
from gateway.pages.occupancy import FREE, state_at
from gateway.pages.wish import Wish, read_wish
from gateway.pages.wording import in_language, listed
from gateway.parts import current_parts
from shared.kernel.time_span import TimeSpan

blueprint = Blueprint("find_on_map", __name__)
MARGIN_DECIMETRES = 10
LETTER_DECIMETRES = 4.6
"""How wide a letter of a label is in the widest of fonts; a Chinese one half as wide again."""
INSIDE_DECIMETRES = 3
WIDE_ENOUGH_FOR_A_NAME = 60
FINGER_PIXELS = 44
"""CSS pixels: what WCAG 2.2 calls an enhanced target (2.5.5)."""


@blueprint.get("/find/map")
def seat_map() -> ResponseReturnValue:
    """Show a floor at the time looked for."""
    places = services.places()
    wish = read_wish(places)
    if wish is None:
        return render_template("find_nothing.html")
    booking = services.booking()
    floors = booking.floors(wish.library_id)
    asked = request.args.get("floor")
    floor = next((one for one in floors if one["id"] == asked), floors[0] if floors else None)
    spaces = booking.day(wish.library_id, wish.day, floor_id=floor["id"])["spaces"] if floor else []
    starts_at = _start(wish, spaces)
    ends_at = starts_at + timedelta(minutes=wish.minutes)
    spots = _spots(spaces, TimeSpan(starts_at, ends_at), places)
    return render_template(
        "find_on_map.html",
        wish=wish,
        starts_at=starts_at,
        ends_at=ends_at,
        views=views_of(wish, "map"),
        places=places,
        floors=[(one, wish.address(url_for(".seat_map"), floor=one["id"])) for one in floors],
        floor=floor,
        spots=spots,
        free=[spot for spot in spots if spot["state"] == FREE],
        extent=_extent(spots),
        scale=finger_scale(spots),
    )


def _start(wish: Wish, spaces: list[dict[str, Any]]) -> datetime:
    """Return the time to show: as chosen, else from the opening on, of today from now on."""
    opening = min((one["starts_at"] for space in spaces for one in space["open"]), default=None)
    if wish.earliest is not None or opening is None:
        return wish.starts_at
    return max(wish.starts_at, datetime.fromisoformat(opening))


def _spots(spaces: list[dict[str, Any]], stay: TimeSpan, places: Any) -> list[dict[str, Any]]:
    now = current_parts().clock.now()
    spots = []
    for space in spaces:
        known = places.space(space["space_id"])
        if known.get("plan"):
            state = state_at(space, stay.start, stay.end, now)
            drawn = {**known["plan"], **label_of(known)}
            spots.append({"space": known, "state": state, "has": what_it_has(known), **drawn})
    return spots


def what_it_has(space: Mapping[str, Any]) -> str:
    """Return in words what a spot offers: in the list they are told apart by it."""
    words = [word(feature, "feature") for feature in space.get("features", ())]
    if space.get("accessible") and "wheelchair" not in space.get("features", ()):
        words.append(_("Step-free"))
    return listed(words)


def label_of(space: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands on a spot, and the width to draw it in if it would reach beyond."""
    width = space["plan"]["width"]
    label = in_language(space, "name") if width >= WIDE_ENOUGH_FOR_A_NAME else space["code"]
    letters = sum(1 if letter.isascii() else 1.5 for letter in label)
    room = width - INSIDE_DECIMETRES
    return {"label": label, "squeezed": room if letters * LETTER_DECIMETRES > room else None}


def finger_scale(spots: list[dict[str, Any]]) -> float:
    """Return pixels per decimetre at which the smallest spot is as wide and high as a fingertip."""
    sides = [min(spot["width"], spot["height"]) for spot in spots]
    return max(FINGER_PIXELS / min(sides, default=FINGER_PIXELS), 1.0)


def _extent(spots: list[dict[str, Any]]) -> tuple[int, int]:
    """Return width and height of the plan in decimetres, with a margin."""
    if not spots:
        return 0, 0
    return (
        max(spot["x"] + spot["width"] for spot in spots) + MARGIN_DECIMETRES,
        max(spot["y"] + spot["height"] for spot in spots) + MARGIN_DECIMETRES,
    )

"""What is mine today, what is free now, what is on."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, render_template

from gateway.clients.space_directory import Places
from gateway.pages import services, sign_ups, visitor
from gateway.pages.wish import home_library
from gateway.parts import current_parts

Json = dict[str, Any]
blueprint = Blueprint("home", __name__)
COMING = ("pending", "confirmed", "checked_in", "away")
BUSY = "own_in_the_way"
BOOKINGS_SHOWN = 3
FREE_MINUTES = 60
FREE_SHOWN = 6
SOON = timedelta(hours=24)


@blueprint.get("/")
def home() -> str:
    """Answer the three questions; a part whose service is away says so, the rest is there."""
    now = current_parts().clock.now()
    signed_in = visitor.account_or_none() is not None
    places = services.if_it_answers(services.places) or Places()
    library = home_library(places)
    found = services.if_it_answers(lambda: _free(now, library))
    free = found["items"] if found else None
    soon = services.if_it_answers(lambda: _soon(now, library)) if free == [] else None
    bookings = services.if_it_answers(lambda: _bookings(now)) if signed_in else []
    signed_up = sign_ups.holding(now) if signed_in else []
    return render_template(
        "home.html",
        places=places,
        soon=soon,
        mine=_in_order(bookings or [], signed_up or []),
        bookings=len(bookings or []),
        most=BOOKINGS_SHOWN,
        parts_away=[bookings, signed_up].count(None),
        free=free,
        is_busy=bool(found and found["because"] and found["because"]["code"] == BUSY),
        on=services.if_it_answers(lambda: services.events().calendar(limit=4)["items"]),
        minutes=FREE_MINUTES,
    )


def _bookings(now: datetime) -> list[Json]:
    found = services.booking().my_reservations(ends_after=now, limit=100)["items"]
    return [one for one in found if one["status"] in COMING]


def _in_order(bookings: list[Json], signed_up: Sequence[Json]) -> list[tuple[str, str, Json]]:
    """Return the next bookings and what was signed up for, by when they begin: start, kind, thing.

    Of bookings some may have many; nobody has signed up for more than they mean to come to.
    """
    mine = [(one["starts_at"], "booking", one) for one in bookings[:BOOKINGS_SHOWN]]
    mine += [(one["library_event"]["starts_at"], "sign-up", one) for one in signed_up]
    return sorted(mine, key=lambda entry: datetime.fromisoformat(entry[0]))


def _free(now: datetime, library: Json | None) -> Json:
    return _fits(now, timedelta(minutes=FREE_MINUTES + 45), library)


def _soon(now: datetime, library: Json | None) -> list[Json]:
    """Return what is free later today or tomorrow, the soonest first: for when nothing is now."""
    found = _fits(now, SOON, library, limit=50)["items"]
    return sorted(found, key=lambda one: str(one["starts"][0]))[:FREE_SHOWN]


def _fits(now: datetime, within: timedelta, library: Json | None, limit: int = FREE_SHOWN) -> Json:
    start = now.astimezone(UTC).replace(second=0, microsecond=0)  # strangers share a minute
    question = {
        "from": start,
        "to": start + within,
        "minutes": FREE_MINUTES,
        "space_type": "room",
        "library": library["id"] if library else None,
        "limit": limit,
    }
    return services.booking().availability(question)

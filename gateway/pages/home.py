"""What is mine today, what is free now, what is on."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, render_template

from gateway.clients.space_directory import Places
from gateway.pages import services, visitor
from gateway.pages.wish import home_library
from gateway.parts import current_parts

Json = dict[str, Any]
blueprint = Blueprint("home", __name__)
COMING = ("pending", "confirmed", "checked_in", "away")
LIVE = ("confirmed", "offered", "waitlisted")
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
    sign_ups = services.if_it_answers(lambda: _sign_ups(now)) if signed_in else []
    return render_template(
        "home.html",
        places=places,
        soon=soon,
        mine=_in_order(bookings or [], sign_ups or []),
        bookings=len(bookings or []),
        most=BOOKINGS_SHOWN,
        parts_away=[bookings, sign_ups].count(None),
        free=free,
        is_busy=bool(found and found["because"] and found["because"]["code"] == BUSY),
        on=services.if_it_answers(lambda: services.events().calendar(limit=4)["items"]),
        minutes=FREE_MINUTES,
    )


def _bookings(now: datetime) -> list[Json]:
    found = services.booking().my_reservations(ends_after=now, limit=100)["items"]
    return [one for one in found if one["status"] in COMING]


def _sign_ups(now: datetime) -> list[Json]:
    return [
        one
        for one in services.events().my_registrations(limit=30)
        if one["status"] in LIVE and datetime.fromisoformat(one["library_event"]["ends_at"]) > now
    ]


def _in_order(bookings: list[Json], sign_ups: list[Json]) -> list[tuple[str, str, Json]]:
    """Return the next bookings and all sign-ups by when they begin: start, kind, thing.

    Sign-ups have no page of their own to be seen on, bookings have.
    """
    mine = [(one["starts_at"], "booking", one) for one in bookings[:BOOKINGS_SHOWN]]
    mine += [(one["library_event"]["starts_at"], "sign-up", one) for one in sign_ups]
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

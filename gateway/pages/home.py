"""What is mine today, what is free now, what is on."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, render_template

from gateway.clients.space_directory import Places
from gateway.pages import services, visitor
from gateway.pages.wish import home_library
from gateway.parts import current_parts

blueprint = Blueprint("home", __name__)
COMING = ("pending", "confirmed", "checked_in", "away")
LIVE = ("confirmed", "offered", "waitlisted")
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
    free = services.if_it_answers(lambda: _free(now, library))
    soon = services.if_it_answers(lambda: _soon(now, library)) if free == [] else None
    return render_template(
        "home.html",
        places=places,
        soon=soon,
        bookings=services.if_it_answers(lambda: _bookings(now)) if signed_in else [],
        sign_ups=services.if_it_answers(lambda: _sign_ups(now)) if signed_in else [],
        free=free,
        on=services.if_it_answers(lambda: services.events().calendar(limit=4)["items"]),
        minutes=FREE_MINUTES,
    )


def _bookings(now: datetime) -> list[dict[str, Any]]:
    found = services.booking().my_reservations(ends_after=now, limit=20)["items"]
    return [one for one in found if one["status"] in COMING][:3]


def _sign_ups(now: datetime) -> list[dict[str, Any]]:
    coming = [
        one
        for one in services.events().my_registrations(limit=30)
        if one["status"] in LIVE and datetime.fromisoformat(one["library_event"]["ends_at"]) > now
    ]
    return sorted(coming, key=lambda one: str(one["library_event"]["starts_at"]))[:3]


def _free(now: datetime, library: dict[str, Any] | None) -> list[dict[str, Any]]:
    return _fits(now, timedelta(minutes=FREE_MINUTES + 45), library)


def _soon(now: datetime, library: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Return what is free later today or tomorrow, the soonest first: for when nothing is now."""
    found = _fits(now, SOON, library, limit=50)
    return sorted(found, key=lambda one: str(one["starts"][0]))[:FREE_SHOWN]


def _fits(
    now: datetime, within: timedelta, library: dict[str, Any] | None, limit: int = FREE_SHOWN
) -> list[dict[str, Any]]:
    start = now.astimezone(UTC).replace(second=0, microsecond=0)  # strangers share a minute
    question = {
        "from": start,
        "to": start + within,
        "minutes": FREE_MINUTES,
        "space_type": "room",
        "library": library["id"] if library else None,
        "limit": limit,
    }
    found: list[dict[str, Any]] = services.booking().availability(question)["items"]
    return found

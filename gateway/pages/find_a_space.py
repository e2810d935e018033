"""Find a space by when, how long and how many; book it in three taps."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.clients.space_directory import Places
from gateway.pages import codes, services, visitor
from gateway.pages.answers import clock, day, form_key, instant, one_of, values, whole_number
from gateway.pages.language import gettext as _
from gateway.pages.wording import here
from gateway.parts import current_parts

blueprint = Blueprint("find_a_space", __name__)
LENGTHS = (30, 60, 90, 120, 180, 240, 300)
TYPES = ("room", "seat", "machine")
CLOSING = time(22, 0)
MOST_FEATURES_OFFERED = 10
LIBRARY = "library"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the visitor looks for; `timezone` is the library's."""

    library_id: str
    timezone: str
    day: date
    earliest: time
    latest: time
    minutes: int
    party: int
    space_type: str
    features: tuple[str, ...]

    def question(self) -> dict[str, Any]:
        """Return it as /availability takes it; until midnight when `latest` is 00:00."""
        until = self.day + timedelta(days=1) if self.latest == time(0, 0) else self.day
        return {
            "from": instant(self.day, self.earliest, self.timezone),
            "to": instant(until, self.latest, self.timezone),
            "minutes": self.minutes,
            "party": self.party,
            "library": self.library_id,
            "space_type": self.space_type,
            "features": ",".join(self.features),
            "limit": 20,
        }


@blueprint.get("/find")
def find() -> ResponseReturnValue:
    """Show the form and, once it is filled in, where the stay fits."""
    places = services.places()
    wish = _wish(places)
    found, problem = None, None
    if wish and "minutes" in request.args:
        question = {**wish.question(), "cursor": request.args.get("cursor", "")[:1000]}
        found, problem = services.answered_or_problem(
            lambda: services.booking().availability(question)
        )
    page = render_template(
        "find.html",
        wish=wish,
        found=found,
        problem=problem,
        places=places,
        lengths=LENGTHS,
        types=TYPES,
        features=_offered(places, wish) if wish else (),
    )
    return page, problem.page_status if problem else 200


def _wish(places: Places) -> Wish | None:
    library = home_library(places, request.args.get("library"))
    if library is None:
        return None
    now = here(current_parts().clock.now(), library["timezone"])
    on = day("day", now.date())
    return Wish(
        library_id=library["id"],
        timezone=library["timezone"],
        day=on,
        earliest=clock("earliest", _next_half_hour(now)),
        latest=clock("latest", CLOSING),
        minutes=whole_number("minutes", 60, most=24 * 60),
        party=whole_number("party", 1, most=1000),
        space_type=one_of(
            "space_type", (*TYPES, ""), "room" if "minutes" not in request.args else ""
        ),
        features=tuple(request.args.getlist("feature")[:20]),
    )


def _offered(places: Places, wish: Wish) -> list[str]:
    """Return what spaces here have, and whatever else was asked for."""
    usual = places.features(wish.library_id)[:MOST_FEATURES_OFFERED]
    return usual + [feature for feature in wish.features if feature not in usual]


def home_library(places: Places, asked: str | None = None) -> dict[str, Any] | None:
    """Return the library asked for, else the one asked for last, else the largest around here."""
    known = {library["id"]: library for library in places.bookable_libraries()}
    if asked in known:
        session[LIBRARY] = asked
    chosen = asked if asked in known else session.get(LIBRARY)
    around = current_parts().settings.timezone
    nearest = sorted(known.values(), key=lambda library: library["timezone"] != around)
    return known.get(chosen or "") or next(iter(nearest), None)


def _next_half_hour(now: datetime) -> time:
    if now.time() >= time(21, 0):
        return time(8, 0)
    rounded = now.replace(second=0, microsecond=0) + timedelta(minutes=29)
    return rounded.replace(minute=rounded.minute // 30 * 30).time()


@blueprint.get("/find/confirm")
@visitor.signed_in()
def confirm() -> ResponseReturnValue:
    """Show what would be booked."""
    return _confirm(_stay())


@blueprint.post("/find/book")
@visitor.signed_in()
def book() -> ResponseReturnValue:
    """Book it; a no is shown with every reason and what could be had instead."""
    stay = _stay()
    wanted = {**stay, "party_size": whole_number("party", 1)}
    try:
        made = services.booking().reserve(wanted, key=form_key())
    except ApiProblem as problem:
        return _confirm(stay, problem)
    flash(_("Booked. Check in with the code at the space when you arrive."), "good")
    return redirect(url_for("my_bookings.booking", reservation_id=made["id"]))


def _stay() -> dict[str, str]:
    """Return space and time as they were sent; the service judges them."""
    return {
        "space_id": values().get("space_id", "")[:40],
        "starts_at": values().get("starts_at", "")[:40],
        "ends_at": values().get("ends_at", "")[:40],
    }


def _confirm(stay: dict[str, str], problem: ApiProblem | None = None) -> ResponseReturnValue:
    try:
        UUID(stay["space_id"])
        start, end = (datetime.fromisoformat(stay[name]) for name in ("starts_at", "ends_at"))
    except ValueError:
        return redirect(url_for(".find"))
    if start.tzinfo is None or end.tzinfo is None or not start < end:
        return redirect(url_for(".find"))
    page = render_template(
        "confirm.html",
        stay=stay,
        minutes=int((end - start).total_seconds() // 60),
        party=whole_number("party", 1),
        places=services.places(),
        problem=problem,
        alternatives=problem.body.get("alternatives", ()) if problem else (),
    )
    return page, problem.page_status if problem else 200


@blueprint.app_template_filter("later")
def later(starts_at: str, minutes: int) -> str:
    """Return the instant so many minutes after another, as the services write instants."""
    end = datetime.fromisoformat(starts_at) + timedelta(minutes=minutes)
    return end.astimezone(UTC).isoformat().replace("+00:00", "Z")


@blueprint.app_template_filter("type_word")
def type_word(code: str) -> str:
    """Return the word for a kind of thing to book, or for any of them."""
    return codes.space_types().get(code, _("Anything"))

"""Find a space by when, how long and how many; book it in three taps."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from gateway.clients.service import ApiProblem
from gateway.clients.space_directory import Places
from gateway.pages import codes, on_behalf, services, visitor
from gateway.pages.answers import form_key, values, whole_number
from gateway.pages.language import gettext as _
from gateway.pages.limits import limit_reached
from gateway.pages.wish import LENGTHS, TYPES, Wish, read_wish
from gateway.pages.wording import here, listed

blueprint = Blueprint("find_a_space", __name__)
MOST_FEATURES_OFFERED = 10
MOST_REASON = 500


@blueprint.get("/find")
def find() -> ResponseReturnValue:
    """Show the form and where the stay fits; what the form does not say yet is guessed."""
    places = services.places()
    wish = read_wish(places)
    if wish is None:
        return render_template("find_nothing.html")
    question = {**wish.question(), "cursor": request.args.get("cursor", "")[:1000]}
    person = on_behalf.whom()
    whom = person.patron_id if person else None
    found, problem = services.answered_or_problem(
        lambda: services.booking().availability(question, whom)
    )
    page = render_template(
        "find.html",
        wish=wish,
        views=views_of(wish, "times"),
        found=found,
        problem=problem,
        places=places,
        lengths=LENGTHS,
        types=TYPES,
        features=features_offered(places, wish),
    )
    return page, problem.page_status if problem else 200


def views_of(wish: Wish, current: str) -> list[tuple[str, str, bool]]:
    """Return the three ways to look at a wish: address, name, whether it is this one."""
    ways = (
        ("times", url_for("find_a_space.find"), _("Times")),
        ("day", url_for("find_by_day.grid"), _("Whole day")),
        ("map", url_for("find_on_map.seat_map"), _("Map")),
    )
    return [(wish.address(path), name, code == current) for code, path, name in ways]


def features_offered(places: Places, wish: Wish) -> list[str]:
    """Return what spaces here have, and whatever else was asked for."""
    usual = places.features(wish.library_id)[:MOST_FEATURES_OFFERED]
    return usual + [feature for feature in wish.features if feature not in usual]


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
    whom = request.form.get("patron_id", "")[:40]  # as the page said, whatever was chosen since
    wanted = {**stay, "party_size": whole_number("party", 1), **_on_behalf(whom)}
    try:
        made = services.booking().reserve(wanted, key=form_key())
    except ApiProblem as problem:
        return _confirm(stay, problem)
    if whom:
        on_behalf.end()
        flash(_("Booked. The person is told of it."), "good")
        library = services.places().library_of(made["space_id"])
        day = here(made["starts_at"], library.get("timezone")).date()
        library_id = library.get("id")
        return redirect(url_for("staff_desk.desk", library=library_id, day=day, section="expected"))
    if made["status"] == "pending":
        flash(_("You have asked for it. The library answers, and tells you."), "good")
    else:
        flash(_("Booked. Check in with the code at the space when you arrive."), "good")
    return redirect(url_for("my_bookings.booking", reservation_id=made["id"]))


def _on_behalf(whom: str) -> dict[str, str]:
    """Return for whom staff book, and their note; the service insists on staff."""
    if not whom:
        return {}
    reason = request.form.get("reason", "").strip()[:MOST_REASON]
    return {"patron_id": whom, **({"reason": reason} if reason else {})}


def _stay() -> dict[str, str]:
    """Return space and time as they were sent, a length before an end; the service judges them."""
    stay = {name: values().get(name, "")[:40] for name in ("space_id", "starts_at", "ends_at")}
    minutes = whole_number("minutes", 0, most=24 * 60)
    try:
        return {**stay, "ends_at": later(stay["starts_at"], minutes)} if minutes else stay
    except (ValueError, OverflowError):
        return stay


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
        lengths=LENGTHS,
        party=whole_number("party", 1),
        places=services.places(),
        problem=problem,
        limit=limit_reached(problem),
        alternatives=problem.body.get("alternatives", ()) if problem else (),
    )
    return page, problem.page_status if problem else 200


@blueprint.app_template_filter("later")
def later(starts_at: str, minutes: int) -> str:
    """Return the instant so many minutes after another, as the services write instants."""
    end = datetime.fromisoformat(starts_at) + timedelta(minutes=minutes)
    return end.astimezone(UTC).isoformat().replace("+00:00", "Z")


@blueprint.app_template_filter("feature_words")
def feature_words(features: list[str]) -> Markup:
    """Return the words for several features, one after the other."""
    return listed(codes.word(feature, "feature") for feature in features)


@blueprint.app_template_filter("type_word")
def type_word(code: str) -> str:
    """Return the word for a kind of thing to book, or for any of them."""
    return codes.space_types().get(code, _("Anything"))

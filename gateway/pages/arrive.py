"""Arriving: the QR code at a space leads here, with the code of this minute."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.pages import services, visitor
from gateway.pages.answers import form_key, identifier, values
from gateway.pages.language import gettext as _
from gateway.pages.my_bookings import can_check_in
from gateway.pages.use_now import free_now
from gateway.parts import current_parts

blueprint = Blueprint("arrive", __name__)


@blueprint.get("/arrive")
@visitor.signed_in()
def at_the_space() -> ResponseReturnValue:
    """Show the visitor's booking of this space, ready to be checked in with one tap."""
    return _arrival(None)


@blueprint.post("/arrive")
@visitor.signed_in()
def check_in() -> ResponseReturnValue:
    """Check in with the code that was scanned."""
    reservation = identifier("reservation")
    if reservation is None:
        return redirect(url_for("my_bookings.bookings"))
    try:
        services.booking().check_in(reservation, _code())
    except ApiProblem as problem:
        return _arrival(problem)
    flash(_("Welcome! You are checked in."), "good")
    return redirect(url_for("my_bookings.booking", reservation_id=reservation))


@blueprint.post("/arrive/use")
@visitor.signed_in()
def use_now() -> ResponseReturnValue:
    """Book the space from now on, and check in with the code that was scanned."""
    stay = {
        "space_id": str(identifier("space") or ""),
        **{name: request.form.get(name, "")[:40] for name in ("starts_at", "ends_at")},
    }
    try:
        made = services.booking().reserve({**stay, "party_size": 1}, key=form_key())
    except ApiProblem as problem:
        return _arrival(problem)
    if made["status"] == "pending":
        flash(_("You have asked for it. The library answers, and tells you."), "good")
    elif _checked_in(made):
        flash(_("Booked, and you are checked in. Welcome!"), "good")
    else:
        flash(_("Booked. Check in with the code at the space when you arrive."), "good")
    return redirect(url_for("my_bookings.booking", reservation_id=made["id"]))


def _checked_in(made: dict[str, Any]) -> bool:
    """Check in at once; a code of some minutes ago says nothing against the booking."""
    if not can_check_in(made, current_parts().clock.now()):
        return False
    reservation = UUID(made["id"])
    _done, problem = services.answered_or_problem(
        lambda: services.booking().check_in(reservation, _code())
    )
    return problem is None


def _arrival(problem: ApiProblem | None) -> ResponseReturnValue:
    space_id, now = str(identifier("space") or ""), current_parts().clock.now()
    space = services.places().space(space_id)
    if not space["library_id"]:
        return render_template("arrive_nowhere.html"), 404
    coming = services.booking().my_reservations(ends_after=now)["items"]
    here = [one for one in coming if one["space_id"] == space_id]
    to_check_in, later = [one for one in here if can_check_in(one, now)], _next(here, now)
    page = render_template(
        "arrive.html",
        space_id=space_id,
        code=_code(),
        now=to_check_in,
        later=later,
        stay=None if to_check_in or later else free_now(space),
        places=services.places(),
        problem=problem,
    )
    return page, problem.page_status if problem else 200


def _next(here: list[dict[str, Any]], now: datetime) -> dict[str, Any] | None:
    """Return the visitor's next booking here, if it is too early for it."""
    waiting = [one for one in here if one["status"] == "confirmed" and not can_check_in(one, now)]
    return next(iter(waiting), None)


def _code() -> str:
    return values().get("code", "").strip()[:20]

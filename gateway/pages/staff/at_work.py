"""What every page of the staff needs: their library, the way back, one act and its outcome."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.pages import services, visitor
from gateway.pages.answers import values
from gateway.pages.people_directory import names_of
from gateway.pages.wish import LIBRARY, home_library

STAFF_ROLES = ("staff", "admin")
Json = dict[str, Any]


def my_libraries() -> list[Json]:
    """Return the libraries the visitor works in, the one with the most spaces first.

    One that was defined since the inventory was read is asked for by itself.
    """
    places = services.places_with(values().get("library"))
    mine = visitor.current_account().libraries
    busiest = places.bookable_libraries()
    others = [one for one in places.libraries.values() if one not in busiest]
    return [one for one in [*busiest, *others] if mine is None or UUID(one["id"]) in mine]


def my_library() -> Json:
    """Return the library that was asked for, else the one asked for last, else the nearest."""
    found = {one["id"]: one for one in my_libraries()}
    if not found:
        abort(404)
    asked = values().get("library", "")
    if asked in found:  # it may have no spaces yet, and then nobody else is offered it
        session[LIBRARY] = asked
        return found[asked]
    usual = home_library(services.places())
    return found.get(usual["id"] if usual else "", next(iter(found.values())))


def asking_about(reservation_id: UUID, template: str, **told: Any) -> str:
    """Show a page that asks something of a reservation, with the way back, at last to the desk."""
    booking, _etag = services.booking().reservation(reservation_id)
    back = visitor.local_path(request.args.get("back"))
    return render_template(
        template,
        booking=booking,
        back=url_for("staff_desk.desk") if back == "/" else back,
        places=services.places(),
        names=names_of([booking["patron_id"]]),
        **told,
    )


def back_to(address: str) -> str:
    """Return where the form came from if it is a page of ours, else the address."""
    back = visitor.local_path(request.form.get("back"))
    return address if back == "/" else back


def doing(act: Callable[[], object], done: str, back: str) -> ResponseReturnValue:
    """Do it, say what became of it, and go back: for single buttons in lists."""
    try:
        act()
    except ApiProblem as problem:
        for message in problem.messages:
            flash(message, "bad")
    else:
        flash(done, "good")
    return redirect(back)

"""Today at the desk: who is due, who is here, who did not come; check in, cancel, walk in."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.pages import services, visitor
from gateway.pages.answers import day, form_key, one_of, whole_number
from gateway.pages.language import gettext as _
from gateway.pages.people_directory import names_of, the_one_called
from gateway.pages.staff.at_work import (
    STAFF_ROLES,
    asking_about,
    back_to,
    doing,
    my_libraries,
    my_library,
)
from gateway.pages.wording import today
from gateway.parts import current_parts
from gateway.queries.people import Person

blueprint = Blueprint("staff_desk", __name__, url_prefix="/staff/desk")
SECTIONS = ("due", "here", "expected", "no_show", "left")
MOST_REASON = 500


@blueprint.get("")
@visitor.signed_in(*STAFF_ROLES)
def desk() -> str:
    """Show a section of a day."""
    return _desk(None)


def _desk(problem: ApiProblem | None) -> str:
    library = my_library()
    this_day = today(library["timezone"])
    which = day("day", this_day)
    cursor = request.args.get("cursor", "")[:1000]
    section = one_of("section", SECTIONS, "due" if which == this_day else "expected")
    found = services.desk().day(
        library["id"],
        day=which.isoformat(),
        section=section,
        cursor=cursor,
    )
    return render_template(
        "staff/desk.html",
        library=library,
        libraries=my_libraries(),
        which=which,
        today=this_day,
        days=(which - timedelta(days=1), which + timedelta(days=1)),
        section=section,
        sections=section_names(),
        found=found,
        names=names_of(one["patron_id"] for one in found["items"]),
        cursor=cursor,
        typed=request.form,
        problem=problem,
    )


def section_names() -> list[tuple[str, str]]:
    """Return the sections of the day with their words."""
    return [
        ("due", _("Due now")),
        ("here", _("Here")),
        ("expected", _("Later")),
        ("no_show", _("Did not come")),
        ("left", _("Gone")),
    ]


@blueprint.post("/<uuid:reservation_id>/check-in")
@visitor.signed_in(*STAFF_ROLES)
def check_in(reservation_id: UUID) -> ResponseReturnValue:
    """Say that somebody is there."""
    back = back_to(url_for(".desk"))
    return doing(lambda: services.desk().check_in(str(reservation_id)), _("Checked in."), back)


@blueprint.get("/<uuid:reservation_id>/cancel")
@visitor.signed_in(*STAFF_ROLES)
def cancel_form(reservation_id: UUID) -> str:
    """Ask why; on a page of its own, since the desk brings itself up to date meanwhile."""
    return asking_about(reservation_id, "staff/cancel.html")


@blueprint.post("/<uuid:reservation_id>/cancel")
@visitor.signed_in(*STAFF_ROLES)
def cancel(reservation_id: UUID) -> ResponseReturnValue:
    """Cancel for the library; the person reads the reason."""
    reason = request.form.get("reason", "").strip()[:MOST_REASON]
    back = back_to(url_for(".desk"))
    if not reason:
        flash(_("Please say why: the person reads it."), "bad")
        return redirect(back)
    return doing(lambda: services.desk().cancel(str(reservation_id), reason), _("Cancelled."), back)


@blueprint.post("/walk-in")
@visitor.signed_in(*STAFF_ROLES)
def walk_in() -> ResponseReturnValue:
    """Give a space, from now on, to somebody who stands at the desk."""
    library, minutes = my_library(), whole_number("minutes", 0, least=0, most=24 * 60)
    try:
        space, person = _space_called(library["id"]), _the_person()
        wanted = {
            "patron_id": str(person.patron_id),
            "party_size": whole_number("party", 1),
            "reason": request.form.get("reason", "").strip()[:MOST_REASON],
            **_until(minutes),
        }
        services.desk().walk_in(space["id"], wanted, key=form_key())
    except ApiProblem as problem:
        return _desk(problem), problem.page_status
    done = _("%(person)s has %(space)s now.", person=person.display_name, space=space["code"])
    flash(done, "good")
    return redirect(back_to(url_for(".desk", library=library["id"])))


def _space_called(library_id: str) -> dict[str, Any]:
    code = request.form.get("space", "").strip().lower()
    for one in services.places().spaces.values():
        if one["library_id"] == library_id and one["code"].lower() == code:
            return dict(one)
    raise ApiProblem(422, {"detail": _("There is no space with this code.")})


def _the_person() -> Person:
    person = the_one_called(request.form.get("person", ""))
    if person is None:
        unclear = _("Nobody, or more than one person, has this number or name.")
        raise ApiProblem(422, {"detail": unclear})
    return person


def _until(minutes: int) -> dict[str, str]:
    if not minutes:
        return {}
    end = current_parts().clock.now() + timedelta(minutes=minutes)
    return {"ends_at": end.replace(second=0, microsecond=0).isoformat()}

"""Plan an activity, copy one, change one: one form."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.pages import codes, services, visitor
from gateway.pages.answers import form_key, identifier
from gateway.pages.language import gettext as _
from gateway.pages.organizer.blueprint import ROLES, blueprint
from gateway.pages.organizer.plan_form import (
    LOOK,
    PADDINGS,
    PlanForm,
    copy_of,
    form_of,
    fresh_form,
    read_form,
)
from gateway.pages.organizer.room_choice import own_hold, room_options
from gateway.pages.wish import LIBRARY
from gateway.pages.wording import minutes_long


@blueprint.get("/new")
@visitor.signed_in(*ROLES)
def new() -> ResponseReturnValue:
    """Show the form of a new activity, empty or like an earlier one."""
    like = identifier("like")
    if like is not None:
        return _form(copy_of(services.organizing().read(like)[0]))
    return _form(_fresh())


@blueprint.post("/new")
@visitor.signed_in(*ROLES)
def draft() -> ResponseReturnValue:
    """Make the draft; its room is asked for at once."""
    form = read_form(_fresh())
    if LOOK in request.form:
        return _form(form)
    try:
        made = services.organizing().draft(form.plan(), key=form_key())
    except ApiProblem as problem:
        return _form(form, problem=problem), problem.page_status
    flash(_("The draft is made."), "good")
    return redirect(url_for(".activity", library_event_id=made["id"]))


@blueprint.get("/<uuid:library_event_id>/edit")
@visitor.signed_in(*ROLES)
def edit(library_event_id: UUID) -> ResponseReturnValue:
    """Show the form of an activity as it is."""
    found, etag = services.organizing().read(library_event_id)
    return _form(form_of(_ours(found)), activity=found, etag=etag)


@blueprint.post("/<uuid:library_event_id>/edit")
@visitor.signed_in(*ROLES)
def change(library_event_id: UUID) -> ResponseReturnValue:
    """Change it; once published, time and room stay."""
    organizing = services.organizing()
    found, _present = organizing.read(library_event_id)
    form = read_form(form_of(_ours(found)))
    etag = request.form.get("version", "")[:100]
    if LOOK in request.form:
        return _form(form, activity=found, etag=etag)
    changes = form.plan() if found["status"] == "draft" else form.words()
    try:
        organizing.change(library_event_id, changes, etag=etag)
    except ApiProblem as problem:
        return _form(form, activity=found, etag=etag, problem=problem), problem.page_status
    flash(_("Changed."), "good")
    return redirect(url_for(".activity", library_event_id=library_event_id))


@blueprint.get("/rooms")
@visitor.signed_in(*ROLES)
def rooms() -> str:
    """Show the rooms that would do for what the form says, for browsers with scripts."""
    form = read_form(_fresh())
    moving = identifier("moving")
    held = own_hold(_ours(services.organizing().read(moving)[0])) if moving else None
    return render_template("organizer/rooms.html", form=form, options=room_options(form, held))


def _fresh() -> PlanForm:
    asked = identifier("library")
    usual = str(asked) if asked else session.get(LIBRARY) or _latest_library()
    form = fresh_form(usual)
    if form is None:
        abort(404)
    return form


def _latest_library() -> str | None:
    """Return where the visitor's latest activity is: most plan for one library all the time."""
    latest = services.organizing().mine(own="true", limit=1)["items"]
    return latest[0]["library_id"] if latest else None


def _ours(found: dict[str, Any]) -> dict[str, Any]:
    if "setup_minutes" not in found:  # shown to those alone who run it
        abort(403)
    return found


def _libraries_with(library_id: str) -> list[dict[str, Any]]:
    """Return the libraries to choose from, the form's own among them, however new it is."""
    places = services.places_with(library_id)
    choice, own = places.bookable_libraries(), places.library(library_id)
    return choice if own in choice or not own else [*choice, own]


def _form(
    form: PlanForm,
    *,
    activity: dict[str, Any] | None = None,
    etag: str = "",
    problem: ApiProblem | None = None,
) -> str:
    fixed = activity is not None and activity["status"] != "draft"
    return render_template(
        "organizer/form.html",
        form=form,
        activity=activity,
        etag=etag,
        problem=problem,
        fixed=fixed,
        libraries=_libraries_with(form.library_id),
        options=[] if fixed else room_options(form),
        programmes=codes.programmes(),
        kinds=codes.space_kinds(),
        paddings=[(minutes, minutes_long(minutes)) for minutes in PADDINGS],
    )

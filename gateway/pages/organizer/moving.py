"""Move a published activity: one form, the answers to it, and a way back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.pages import services, visitor
from gateway.pages.language import gettext as _
from gateway.pages.organizer.activity import activity_page, running
from gateway.pages.organizer.blueprint import ROLES, blueprint
from gateway.pages.organizer.plan_form import LOOK, PADDINGS, PlanForm, form_of, read_form
from gateway.pages.organizer.room_choice import own_hold, room_options
from gateway.pages.wording import minutes_long

ADDRESS = "/<uuid:library_event_id>/move"
SLOT = ("space_id", "starts_at", "ends_at")


@blueprint.get(ADDRESS)
@visitor.signed_in(*ROLES)
def move_form(library_event_id: UUID) -> str:
    """Show when and where it is, to be changed."""
    found, etag = running(library_event_id)
    return _form(form_of(found), found, etag)


@blueprint.post(ADDRESS)
@visitor.signed_in(*ROLES)
def move(library_event_id: UUID) -> ResponseReturnValue:
    """Ask for the other time and room; without scripts, look for rooms first."""
    found, _present = running(library_event_id)
    form = read_form(form_of(found))
    etag = request.form.get("version", "")[:100]
    if LOOK in request.form:
        return _form(form, found, etag)
    try:
        services.organizing().move(library_event_id, form.move(), etag=etag)
    except ApiProblem as problem:
        return _form(form, found, etag, problem), problem.page_status
    if form.is_elsewhere:
        return _done(library_event_id, _("Moved. Everybody signed up is told."))
    return _done(library_event_id, _("The other room is asked for."))


@blueprint.post(f"{ADDRESS}/alternative")
@visitor.signed_in(*ROLES)
def move_to_alternative(library_event_id: UUID) -> ResponseReturnValue:
    """Move to a room and time that were named instead."""
    etag = request.form.get("version", "")[:100]
    wanted: dict[str, Any] = {name: request.form.get(name, "")[:50] for name in SLOT}
    found, _present = running(library_event_id)
    refused = found["move"] or {}
    around = {
        name: refused[name] for name in ("setup_minutes", "teardown_minutes") if name in refused
    }
    return _try(
        library_event_id,
        lambda: services.organizing().move(library_event_id, {**wanted, **around}, etag=etag),
        _("The other room is asked for."),
    )


@blueprint.post(f"{ADDRESS}/drop")
@visitor.signed_in(*ROLES)
def drop_move(library_event_id: UUID) -> ResponseReturnValue:
    """Let it be: the activity stays as it is."""
    etag = request.form.get("version", "")[:100]
    return _try(
        library_event_id,
        lambda: services.organizing().drop_move(library_event_id, etag=etag),
        _("The move is dropped: everything stays as it is."),
    )


def _try(library_event_id: UUID, act: Callable[[], None], done: str) -> ResponseReturnValue:
    try:
        act()
    except ApiProblem as problem:
        if problem.status == 404:
            raise
        return activity_page(library_event_id, problem), problem.page_status
    return _done(library_event_id, done)


def _done(library_event_id: UUID, said: str) -> ResponseReturnValue:
    flash(said, "good")
    return redirect(url_for(".activity", library_event_id=library_event_id))


def _form(
    form: PlanForm, activity: dict[str, Any], etag: str, problem: ApiProblem | None = None
) -> str:
    return render_template(
        "organizer/move.html",
        form=form,
        activity=activity,
        etag=etag,
        problem=problem,
        options=room_options(form, own_hold(activity)),
        paddings=[(minutes, minutes_long(minutes)) for minutes in PADDINGS],
    )

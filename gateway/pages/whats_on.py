"""What is on: the list, one activity, signing up, the waiting list, being there."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.pages import codes, services, sign_ups, visitor
from gateway.pages.answers import form_key, whole_number
from gateway.pages.language import gettext as _
from gateway.pages.tickets import ticket_of
from gateway.parts import current_parts

blueprint = Blueprint("whats_on", __name__)
DOORS = timedelta(hours=1)
LIVE = ("confirmed", "offered", "waitlisted", "attended", "no_show")


@blueprint.get("/whats-on")
def calendar() -> str:
    """List what is on, by start."""
    programme = request.args.get("programme", "")
    programme = programme if programme in codes.programmes() else ""
    found = services.events().calendar(
        programme=programme, cursor=request.args.get("cursor", "")[:1000]
    )
    return render_template(
        "whats_on.html",
        found=found,
        programme=programme,
        programmes=codes.programmes(),
        mine=sign_ups.standings(),
    )


@blueprint.get("/whats-on/<uuid:library_event_id>")
def activity(library_event_id: UUID) -> str:
    """Show one activity and how it stands with the visitor's place."""
    return _activity(library_event_id)


def _activity(library_event_id: UUID, problem: ApiProblem | None = None) -> str:
    found = services.events().library_event(library_event_id)
    registration = _registration(library_event_id)
    return render_template(
        "activity.html",
        activity=found,
        is_on=_is_on(found),
        registration=registration,
        ticket=ticket_of(registration) if found["status"] == "published" else None,
        code=request.args.get("code", "")[:20],
        problem=problem,
        tags=codes.REGISTRATION_TAGS,
    )


def _is_on(found: dict[str, Any]) -> bool:
    start, end = (datetime.fromisoformat(found[name]) for name in ("starts_at", "ends_at"))
    return found["status"] == "published" and start - DOORS <= current_parts().clock.now() < end


def _registration(library_event_id: UUID) -> dict[str, Any] | None:
    if visitor.account_or_none() is None:
        return None
    mine = services.events().my_registrations(library_event_id=library_event_id)
    live = [registration for registration in mine if registration["status"] in LIVE]
    if live:
        return services.events().registration(UUID(live[0]["id"]))
    return mine[0] if mine else None


@blueprint.post("/whats-on/<uuid:library_event_id>/sign-up")
@visitor.signed_in()
def sign_up(library_event_id: UUID) -> ResponseReturnValue:
    """Sign up, or join the waiting list."""
    party = whole_number("party_size", 1)
    try:
        made = services.events().sign_up(library_event_id, party, key=form_key())
    except ApiProblem as problem:
        return _activity(library_event_id, problem), problem.page_status
    if made["status"] == "confirmed":
        flash(_("You have a place."), "good")
    else:
        flash(_("The activity is full; you are on the waiting list."))
    return redirect(url_for(".activity", library_event_id=library_event_id))


@blueprint.post("/whats-on/<uuid:library_event_id>/attend")
@visitor.signed_in()
def attend(library_event_id: UUID) -> ResponseReturnValue:
    """Say with the code shown in the room that one is there."""
    try:
        services.events().attend(library_event_id, request.form.get("code", "").strip()[:20])
    except ApiProblem as problem:
        return _activity(library_event_id, problem), problem.page_status
    flash(_("Welcome! It is noted that you are here."), "good")
    return redirect(url_for(".activity", library_event_id=library_event_id))


@blueprint.post("/whats-on/<uuid:library_event_id>/sign-ups/<uuid:registration_id>")
@visitor.signed_in()
def answer(library_event_id: UUID, registration_id: UUID) -> ResponseReturnValue:
    """Give up a place or a wait, or answer an offer."""
    wanted = request.form.get("answer", "")
    events = services.events()
    try:
        if wanted == "give_up":
            events.give_up(registration_id)
            flash(_("Given up. Thank you: somebody else can come now."), "good")
        elif wanted in {"accept", "decline"}:
            events.answer_offer(registration_id, accept=wanted == "accept")
            said = _("You have a place.") if wanted == "accept" else _("Passed on to the next.")
            flash(said, "good")
    except ApiProblem as problem:
        return _activity(library_event_id, problem), problem.page_status
    return redirect(url_for(".activity", library_event_id=library_event_id))

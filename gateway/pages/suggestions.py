"""Suggestions: read, look for likenesses while writing, submit, support."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.pages import codes, services, visitor
from gateway.pages.answers import form_key, identifier, one_of
from gateway.pages.language import gettext as _
from gateway.pages.wish import home_library

blueprint = Blueprint("suggestions", __name__)
SORTS = ("newest", "support")
MINE = ("made", "supported", "followed")
ANSWERING = frozenset({"staff", "manager", "admin"})
LEAST_TEXT = 2


@blueprint.get("/suggestions")
@visitor.signed_in()
def suggestions() -> str:
    """List suggestions, the newest or the most supported first."""
    sort, mine = one_of("sort", SORTS, "newest"), one_of("mine", MINE)
    cursor = request.args.get("cursor", "")[:1000]
    found = services.engagement().suggestions(sort=sort, mine=mine, cursor=cursor)
    return render_template(
        "suggestions.html", found=found, sort=sort, mine=mine, stage_tags=codes.STAGE_TAGS
    )


@blueprint.get("/suggestions/new")
@visitor.signed_in()
def draft() -> str:
    """Show the form."""
    return _draft(None)


@blueprint.get("/suggestions/look-alikes")
@visitor.signed_in()
def look_alikes() -> str:
    """Return what others said that is like what is being written, as a part of the form's page."""
    title = request.args.get("title", "")[:120].strip()
    found = None
    if len(title) >= LEAST_TEXT:
        found = services.engagement().look_alikes(title, identifier("library_id"))
    return render_template("parts/look_alikes.html", look_alikes=found)


@blueprint.post("/suggestions/new")
@visitor.signed_in()
def submit() -> ResponseReturnValue:
    """Look for likenesses first; submit when the writer has seen them, or there are none."""
    form = request.form
    title, body = form.get("title", "")[:120], form.get("body", "")[:4000]
    engagement = services.engagement()
    library = identifier("library_id")
    if "seen" not in form and len(title.strip()) >= LEAST_TEXT:
        look_alikes = engagement.look_alikes(title.strip(), library)
        if look_alikes:
            return _draft(None, look_alikes)
    suggestion = {
        "library_id": form.get("library_id", ""),
        "space_kind": form.get("space_kind", ""),
        "title": title,
        "body": body,
    }
    try:
        made = engagement.submit(suggestion, key=form_key())
    except ApiProblem as problem:
        return _draft(problem), problem.page_status
    flash(_("Thank you. Others can support it from now on."), "good")
    return redirect(url_for(".suggestion", suggestion_id=made["id"]))


def _draft(problem: ApiProblem | None, look_alikes: list[dict[str, object]] | None = None) -> str:
    return render_template(
        "suggestion_new.html",
        libraries=_libraries(),
        space_kinds=codes.space_kinds(),
        written=request.form,
        look_alikes=look_alikes,
        problem=problem,
    )


def _libraries() -> list[dict[str, object]]:
    """Return the libraries, this browser's own first."""
    places = services.places()
    own = home_library(places)
    others = sorted(places.libraries.values(), key=lambda library: str(library["code"]))
    return [own, *(one for one in others if one != own)] if own else others


@blueprint.get("/suggestions/<uuid:suggestion_id>")
@visitor.signed_in()
def suggestion(suggestion_id: UUID) -> str:
    """Show one suggestion."""
    return _suggestion(suggestion_id, None)


def _suggestion(suggestion_id: UUID, problem: ApiProblem | None) -> str:
    found = services.engagement().suggestion(suggestion_id)
    return render_template(
        "suggestion.html",
        suggestion=found,
        problem=problem,
        stages=codes.suggestion_stage(),
        stage_tags=codes.STAGE_TAGS,
        steps=codes.STEPS,
        may_answer=not visitor.current_account().roles.isdisjoint(ANSWERING),
    )


@blueprint.post("/suggestions/<uuid:suggestion_id>/support")
@visitor.signed_in()
def support(suggestion_id: UUID) -> ResponseReturnValue:
    """Stand behind a suggestion, or no longer."""
    withdraw = request.form.get("wanted") == "withdraw"
    try:
        services.engagement().support(suggestion_id, withdraw=withdraw)
    except ApiProblem as problem:
        return _suggestion(suggestion_id, problem), problem.page_status
    flash(_("Withdrawn.") if withdraw else _("You support this suggestion."), "good")
    return redirect(url_for(".suggestion", suggestion_id=suggestion_id))


@blueprint.post("/suggestions/<uuid:suggestion_id>/follow")
@visitor.signed_in()
def follow(suggestion_id: UUID) -> ResponseReturnValue:
    """Hear of what becomes of it, or no longer."""
    stop = request.form.get("wanted") == "stop"
    services.engagement().follow(suggestion_id, stop=stop)
    flash(_("You no longer follow it.") if stop else _("You hear of every answer."), "good")
    return redirect(url_for(".suggestion", suggestion_id=suggestion_id))


@blueprint.post("/suggestions/<uuid:suggestion_id>/answer")
@visitor.signed_in(*ANSWERING)
def answer(suggestion_id: UUID) -> ResponseReturnValue:
    """Say as the library where it stands and why."""
    said = {
        "stage": request.form.get("stage", "")[:20],
        "text": request.form.get("text", "")[:4000],
    }
    try:
        services.engagement().answer(suggestion_id, said, key=form_key())
    except ApiProblem as problem:
        return _suggestion(suggestion_id, problem), problem.page_status
    flash(_("Answered. Everybody can read it, and who follows it is told."), "good")
    return redirect(url_for(".suggestion", suggestion_id=suggestion_id))

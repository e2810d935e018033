"""What one does to an activity with a tap: publish, take a room, cancel, close, throw away."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.pages import services, visitor
from gateway.pages.language import gettext as _
from gateway.pages.organizer.activity import activity_page
from gateway.pages.organizer.blueprint import ROLES, blueprint

ADDRESS = "/<uuid:library_event_id>"


@blueprint.post(f"{ADDRESS}/publish")
@visitor.signed_in(*ROLES)
def publish(library_event_id: UUID) -> ResponseReturnValue:
    """Put it on the public calendar."""
    return _act(library_event_id, "publish", {}, lambda: _("Published: people can sign up now."))


@blueprint.post(f"{ADDRESS}/room")
@visitor.signed_in(*ROLES)
def ask_again(library_event_id: UUID) -> ResponseReturnValue:
    """Ask for the room once more."""
    return _act(library_event_id, "room", {}, lambda: _("The room is asked for."))


@blueprint.post(f"{ADDRESS}/alternative")
@visitor.signed_in(*ROLES)
def alternative(library_event_id: UUID) -> ResponseReturnValue:
    """Take a room and time that were named instead."""
    choice = {
        name: request.form.get(name, "")[:50] for name in ("space_id", "starts_at", "ends_at")
    }
    return _act(library_event_id, "room/alternative", choice, lambda: _("The room is asked for."))


@blueprint.post(f"{ADDRESS}/cancel")
@visitor.signed_in(*ROLES)
def cancel(library_event_id: UUID) -> ResponseReturnValue:
    """Call it off, and say why."""
    reason = request.form.get("reason", "").replace("\x00", "").strip()[:500]
    said = _("Called off. Every sign-up has ended.")
    return _act(library_event_id, "cancel", {"reason": reason}, lambda: said)


@blueprint.post(f"{ADDRESS}/close")
@visitor.signed_in(*ROLES)
def close(library_event_id: UUID) -> ResponseReturnValue:
    """Settle it: who did not come is known now, if it was measured."""
    return _act(library_event_id, "close", {}, lambda: _("Closed."))


@blueprint.post(f"{ADDRESS}/discard")
@visitor.signed_in(*ROLES)
def discard(library_event_id: UUID) -> ResponseReturnValue:
    """Throw a draft away."""
    etag = request.form.get("version", "")[:100]
    try:
        services.organizing().discard(library_event_id, etag=etag)
    except ApiProblem as problem:
        return activity_page(library_event_id, problem), problem.page_status
    flash(_("The draft is thrown away."), "good")
    return redirect(url_for(".mine", view="drafts"))


def _act(
    library_event_id: UUID, what: str, body: dict[str, Any], done: Callable[[], str]
) -> ResponseReturnValue:
    try:
        services.organizing().act(library_event_id, what, body)
    except ApiProblem as problem:
        if problem.status == 404:
            raise
        return activity_page(library_event_id, problem), problem.page_status
    flash(done(), "good")
    return redirect(url_for(".activity", library_event_id=library_event_id))

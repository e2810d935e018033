"""Messages a service could not handle: look, have tried again, let go for a reason."""

import json
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.pages import answers, services, visitor
from gateway.pages.admin.desks import LISTENING, desk_of
from gateway.pages.admin.words import parked_words, service_words
from gateway.pages.language import gettext as _

blueprint = Blueprint("admin_undelivered", __name__, url_prefix="/admin/undelivered")
STATUSES = ("retrying", "dead", "discarded")


@blueprint.get("")
@visitor.signed_in("admin")
def desks() -> str:
    """Show every service's desk."""
    status = answers.one_of("status", STATUSES)
    found = {
        name: services.if_it_answers(lambda name=name: _letters(name, status))  # type: ignore[misc]  # a lambda's default cannot be typed
        for name in LISTENING
    }
    return render_template(
        "admin/undelivered.html",
        desks=found,
        status=status,
        statuses=parked_words(),
        names=service_words(),
    )


@blueprint.get("/<service>/<int:position>")
@visitor.signed_in("admin")
def letter(service: str, position: int) -> str:
    """Show one wholly."""
    return _letter(service, position, None)


@blueprint.post("/<service>/<int:position>/replay")
@visitor.signed_in("admin")
def replay(service: str, position: int) -> ResponseReturnValue:
    """Have one tried again."""
    desk_of(_known(service)).replay(position)
    flash(_("It is tried again within a second."), "good")
    return redirect(url_for(".desks"))


@blueprint.post("/<service>/<int:position>/discard")
@visitor.signed_in("admin")
def discard(service: str, position: int) -> ResponseReturnValue:
    """Let one go."""
    reason = request.form.get("reason", "").strip()[:500]
    _done, problem = services.answered_or_problem(
        lambda: desk_of(_known(service)).discard(position, reason)
    )
    if problem is not None:
        return _letter(service, position, problem), problem.page_status
    flash(_("It is let go; the reason stays beside it."), "good")
    return redirect(url_for(".desks"))


def _letters(name: str, status: str) -> dict[str, Any]:
    cursor = request.args.get(f"{name}_cursor", "")[:1000]
    return desk_of(name).letters(status=status, cursor=cursor)


def _letter(service: str, position: int, problem: ApiProblem | None) -> str:
    found = desk_of(_known(service)).letter(position)
    return render_template(
        "admin/letter.html",
        letter=found,
        body=_readable(found["body"]),
        service=service,
        problem=problem,
        statuses=parked_words(),
        names=service_words(),
    )


def _known(service: str) -> str:
    if service not in LISTENING:
        abort(404)
    return service


def _readable(body: str) -> str:
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except ValueError:
        return body

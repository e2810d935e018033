"""My API tokens: for programs that act in my name; shown once, taken back any time."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.commands.api_tokens import CreateApiToken, create_api_token, revoke_api_token
from gateway.domain.api_token import LONGEST_LIFE_DAYS
from gateway.domain.scopes import SCOPES
from gateway.pages import answers, visitor
from gateway.pages.developers.lines import exchange_line
from gateway.pages.language import gettext as _
from gateway.pages.refusals import done_or_problem
from gateway.parts import current_parts
from gateway.queries.api_tokens import tokens_of

blueprint = Blueprint("my_tokens", __name__, url_prefix="/settings/tokens")
USUAL_DAYS = 90


@blueprint.get("")
@visitor.signed_in()
def tokens() -> str:
    """Show my tokens and the form for a new one."""
    return _page(None)


@blueprint.post("")
@visitor.signed_in()
def make() -> ResponseReturnValue:
    """Make a token and show it, this once."""
    parts = current_parts()
    wanted = CreateApiToken(
        patron_id=visitor.current_account().patron_id,
        name=request.form.get("name", "")[:200],
        scopes=frozenset(request.form.getlist("scopes")),
        days=answers.whole_number("days", USUAL_DAYS, most=LONGEST_LIFE_DAYS),
    )
    made, problem = done_or_problem(
        lambda: create_api_token(wanted, uow=parts.uow(), clock=parts.clock), labels()
    )
    if made is None:
        return _page(problem), problem.page_status if problem else 400
    record, secret = made
    exchange = exchange_line(parts.settings.public_url.rstrip("/"), secret)
    page = render_template("my_token.html", record=record, secret=secret, exchange=exchange)
    return page, 201


@blueprint.post("/<uuid:token_id>/revoke")
@visitor.signed_in()
def revoke(token_id: UUID) -> ResponseReturnValue:
    """Make one of my tokens worthless."""
    parts = current_parts()
    mine = visitor.current_account().patron_id
    revoke_api_token(token_id, of=mine, uow=parts.uow(), clock=parts.clock)
    flash(_("The token is worth nothing from now on."), "good")
    return redirect(url_for(".tokens"))


def scope_words() -> dict[str, str]:
    """Return the words for what a token may be good for."""
    words = {
        "booking:read": _("Spaces and bookings: look"),
        "booking:write": _("Spaces and bookings: change"),
        "events:read": _("Activities: look"),
        "events:write": _("Activities: change"),
        "engagement:read": _("Suggestions, points and figures: look"),
        "engagement:write": _("Suggestions, points and figures: change"),
        "gateway:read": _("Account: look"),
        "gateway:write": _("Account: change"),
    }
    return {scope: words[scope] for scope in SCOPES}


def labels() -> dict[str, str]:
    """Return what the form calls its fields."""
    return {"name": _("What it is for"), "scopes": _("Good for"), "days": _("Days it lives")}


def _page(problem: ApiProblem | None) -> str:
    mine = visitor.current_account().patron_id
    return render_template(
        "my_tokens.html",
        tokens=tokens_of(current_parts().engine, mine),
        now=current_parts().clock.now(),
        scopes=scope_words(),
        labels=labels(),
        typed={
            "name": request.form.get("name", "")[:100],
            "scopes": request.form.getlist("scopes"),
            "days": answers.whole_number("days", USUAL_DAYS, most=LONGEST_LIFE_DAYS),
        },
        most_days=LONGEST_LIFE_DAYS,
        problem=problem,
    )

"""Suggest, look for likenesses first, support, withdraw."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from services.engagement.api.parts import current_parts
from services.engagement.api.suggestion_schemas import (
    AnsweredSuggestionSchema,
    LookAlikesArgs,
    LookAlikesSchema,
    SubmitSchema,
    SuggestionsArgs,
    SuggestionSchema,
)
from services.engagement.commands.submit_suggestion import SubmitSuggestion, submit_suggestion
from services.engagement.commands.support_suggestion import (
    SupportSuggestion,
    WithdrawSupport,
    support_suggestion,
    withdraw_support,
)
from services.engagement.domain import errors
from services.engagement.queries import suggestions
from shared.web.answer_headers import PLACED
from shared.web.blueprint import Blueprint
from shared.web.idempotency import idempotent
from shared.web.identity import current_identity, requires
from shared.web.paging import make_cursor, page, page_of, read_cursor

blueprint = Blueprint("suggestions", __name__, url_prefix="/suggestions")


@blueprint.route("", methods=["POST"])
@requires()
@idempotent(required=True)
@blueprint.arguments(SubmitSchema)
@blueprint.response(201, AnsweredSuggestionSchema, headers=PLACED)
def submit(body: dict[str, Any]) -> tuple[Mapping[str, Any], int, dict[str, str]]:
    """Make a suggestion; look for likenesses first and support one if it says the same."""
    parts = current_parts()
    command = SubmitSuggestion(patron_id=current_identity().patron_id, **body)
    suggestion = submit_suggestion(command, uow=parts.uow(), clock=parts.clock)
    location = f"/api/engagement/v1/suggestions/{suggestion.id}"
    return read_suggestion(suggestion.id), 201, {"Location": location}


@blueprint.route("")
@requires()
@blueprint.arguments(SuggestionsArgs, location="query")
@blueprint.response(200, page_of(SuggestionSchema))
def list_suggestions(args: dict[str, Any]) -> dict[str, Any]:
    """List suggestions, the newest or the most supported first."""
    newest = args["sort"] == "newest"
    limit: int = args["limit"]
    listing = suggestions.Listing(
        sort=args["sort"],
        library_id=args.get("library"),
        space_kind=args.get("space_kind"),
        mine=args.get("mine"),
        after=read_cursor(args.get("cursor"), datetime if newest else int, UUID),
        limit=limit,
    )
    with current_parts().reading() as connection:
        found = suggestions.suggestions(connection, listing, current_identity().patron_id)
    shown = found[:limit]
    if len(found) <= limit:
        return page(shown, None)
    last = shown[-1]
    return page(shown, make_cursor(last["submitted_at" if newest else "support_count"], last["id"]))


@blueprint.route("/look-alikes")
@requires()
@blueprint.arguments(LookAlikesArgs, location="query")
@blueprint.response(200, LookAlikesSchema)
def look_alikes(args: dict[str, Any]) -> dict[str, Any]:
    """Find suggestions whose words are like these, in any language."""
    with current_parts().reading() as connection:
        found = suggestions.look_alikes(
            connection,
            args["text"],
            library_id=args.get("library"),
            reader=current_identity().patron_id,
            limit=args["limit"],
        )
    return {"items": found}


@blueprint.route("/<uuid:suggestion_id>")
@requires()
@blueprint.response(200, AnsweredSuggestionSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def show(suggestion_id: UUID) -> Mapping[str, Any]:
    """Show one suggestion."""
    return read_suggestion(suggestion_id)


@blueprint.route("/<uuid:suggestion_id>/support", methods=["POST"])
@requires()
@idempotent(required=False)
@blueprint.response(200, AnsweredSuggestionSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def support(suggestion_id: UUID) -> Mapping[str, Any]:
    """Stand behind somebody else's suggestion, once."""
    parts = current_parts()
    command = SupportSuggestion(suggestion_id=suggestion_id, patron_id=current_identity().patron_id)
    support_suggestion(command, uow=parts.uow(), clock=parts.clock)
    return read_suggestion(suggestion_id)


@blueprint.route("/<uuid:suggestion_id>/support", methods=["DELETE"])
@requires()
@blueprint.response(200, AnsweredSuggestionSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def withdraw(suggestion_id: UUID) -> Mapping[str, Any]:
    """Stand behind it no longer; the points it earned are taken back."""
    parts = current_parts()
    command = WithdrawSupport(suggestion_id=suggestion_id, patron_id=current_identity().patron_id)
    withdraw_support(command, uow=parts.uow(), clock=parts.clock)
    return read_suggestion(suggestion_id)


def read_suggestion(suggestion_id: UUID) -> Mapping[str, Any]:
    """Return a suggestion with its answers; raises SuggestionNotFound."""
    with current_parts().reading() as connection:
        row = suggestions.suggestion_of(connection, suggestion_id, current_identity().patron_id)
        if row is None:
            raise errors.SuggestionNotFound
        return {**row, "answers": suggestions.answers_of(connection, suggestion_id)}

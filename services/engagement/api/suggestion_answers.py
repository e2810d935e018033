"""Follow what becomes of a suggestion; as the library, answer it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.engagement.api.parts import check_library, current_parts
from services.engagement.api.suggestion_schemas import AnswerBodySchema, AnsweredSuggestionSchema
from services.engagement.api.suggestions import read_suggestion
from services.engagement.commands.answer_suggestion import AnswerSuggestion, answer_suggestion
from services.engagement.commands.follow_suggestion import (
    FollowSuggestion,
    UnfollowSuggestion,
    follow_suggestion,
    unfollow_suggestion,
)
from shared.web.answer_headers import PLACED
from shared.web.blueprint import Blueprint
from shared.web.idempotency import idempotent
from shared.web.identity import current_identity, requires

blueprint = Blueprint("suggestion_answers", __name__, url_prefix="/suggestions")
ANSWERING = ("staff", "manager", "admin")


@blueprint.route("/<uuid:suggestion_id>/follow", methods=["POST"])
@requires()
@idempotent(required=False)
@blueprint.response(200, AnsweredSuggestionSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def follow(suggestion_id: UUID) -> Mapping[str, Any]:
    """Hear of every answer to it; following twice is following."""
    parts = current_parts()
    command = FollowSuggestion(suggestion_id=suggestion_id, patron_id=current_identity().patron_id)
    follow_suggestion(command, uow=parts.uow(), clock=parts.clock)
    return read_suggestion(suggestion_id)


@blueprint.route("/<uuid:suggestion_id>/follow", methods=["DELETE"])
@requires()
@blueprint.response(200, AnsweredSuggestionSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def unfollow(suggestion_id: UUID) -> Mapping[str, Any]:
    """Hear no more of it."""
    person = current_identity().patron_id
    command = UnfollowSuggestion(suggestion_id=suggestion_id, patron_id=person)
    unfollow_suggestion(command, uow=current_parts().uow())
    return read_suggestion(suggestion_id)


@blueprint.route("/<uuid:suggestion_id>/answers", methods=["POST"])
@requires(*ANSWERING)
@idempotent(required=True)
@blueprint.arguments(AnswerBodySchema)
@blueprint.response(201, AnsweredSuggestionSchema, headers=PLACED)
@blueprint.alt_response(404, response="NOT_FOUND")
def answer(
    body: dict[str, Any], suggestion_id: UUID
) -> tuple[Mapping[str, Any], int, dict[str, str]]:
    """Say where it stands and why; everybody can read it, and those who follow it are told."""
    check_library(read_suggestion(suggestion_id)["library_id"])
    parts = current_parts()
    command = AnswerSuggestion(
        suggestion_id=suggestion_id, answered_by=current_identity().patron_id, **body
    )
    answer_suggestion(command, uow=parts.uow(), clock=parts.clock)
    location = f"/api/engagement/v1/suggestions/{suggestion_id}"
    return read_suggestion(suggestion_id), 201, {"Location": location}

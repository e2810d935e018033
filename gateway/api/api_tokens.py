"""One's own API tokens: for programs that act in one's name."""

from typing import Any
from uuid import UUID

from marshmallow import fields, validate

from gateway.api.me import Words
from gateway.commands.api_tokens import CreateApiToken, create_api_token, revoke_api_token
from gateway.domain import errors
from gateway.domain.api_token import LONGEST_LIFE_DAYS, LONGEST_NAME
from gateway.domain.scopes import SCOPES, UNLIMITED
from gateway.parts import current_parts
from gateway.queries.api_tokens import tokens_of
from shared.web.blueprint import Blueprint
from shared.web.fields import FreeText, UtcDateTime, WholeNumber
from shared.web.identity import current_identity, requires
from shared.web.schemas import StrictSchema

blueprint = Blueprint("api_tokens", __name__, url_prefix="/api-tokens")


class NewApiTokenSchema(StrictSchema):
    """A token to be made."""

    name = FreeText(required=True, least=1, most=LONGEST_NAME)
    scopes = fields.List(
        fields.String(validate=validate.OneOf(SCOPES)),
        required=True,
        validate=validate.Length(min=1, max=len(SCOPES)),
    )
    days = WholeNumber(
        least=1,
        most=LONGEST_LIFE_DAYS,
        load_default=90,
        metadata={"description": "How long it lives."},
    )


class ApiTokenSchema(StrictSchema):
    """A token's record; the token itself was shown once."""

    token_id = fields.UUID(required=True)
    name = fields.String(required=True)
    scopes = Words(required=True)
    created_at = UtcDateTime(required=True)
    expires_at = UtcDateTime(required=True)
    last_used_at = UtcDateTime(required=True, allow_none=True)


class ShownApiTokenSchema(StrictSchema):
    """A new token: the only answer that ever holds it."""

    token = fields.String(required=True)
    record = fields.Nested(ApiTokenSchema, required=True)


class ApiTokenListSchema(StrictSchema):
    """All of a person's tokens; there are few, so they come in one piece."""

    items = fields.List(fields.Nested(ApiTokenSchema), required=True)


@blueprint.route("", methods=["GET"])
@requires()
@blueprint.response(200, ApiTokenListSchema)
def list_tokens() -> dict[str, Any]:
    """List one's tokens that are not revoked, newest first."""
    return {"items": tokens_of(current_parts().engine, current_identity().patron_id)}


@blueprint.route("", methods=["POST"])
@requires()
@blueprint.arguments(NewApiTokenSchema)
@blueprint.response(201, ShownApiTokenSchema)
def make_token(body: dict[str, Any]) -> dict[str, Any]:
    """Make a token. A token makes no other: that one would outlive it and its being revoked."""
    parts = current_parts()
    identity = current_identity()
    if identity.scopes != UNLIMITED:
        raise errors.TokenMakesNone
    wanted = CreateApiToken(
        patron_id=identity.patron_id,
        name=body["name"],
        scopes=frozenset(body["scopes"]),
        days=body["days"],
    )
    record, secret = create_api_token(wanted, uow=parts.uow(), clock=parts.clock)
    return {"token": secret, "record": record}


@blueprint.route("/<uuid:token_id>", methods=["DELETE"])
@requires()
@blueprint.response(204)
@blueprint.alt_response(404, response="NOT_FOUND")
def revoke_token(token_id: UUID) -> None:
    """Revoke a token; it is refused from now on."""
    parts = current_parts()
    patron_id = current_identity().patron_id
    revoke_api_token(token_id, of=patron_id, uow=parts.uow(), clock=parts.clock)

"""Exchange a password or a personal API token for a short-lived access token."""

from typing import Any

import marshmallow
from flask import Response, request
from marshmallow import fields

from gateway.commands.api_tokens import use_api_token
from gateway.commands.check_password import CheckPassword, check_password
from gateway.domain import errors
from gateway.domain.scopes import UNLIMITED, scopes_beyond, unknown_scopes
from gateway.parts import current_parts
from gateway.security.access_tokens import LIFE_SECONDS
from shared.kernel.refusal import Violation
from shared.web.blueprint import Blueprint
from shared.web.fields import FreeText
from shared.web.meanings import LEFT_OUT
from shared.web.problems import from_refusal
from shared.web.schemas import StrictSchema

blueprint = Blueprint("tokens", __name__, url_prefix="/tokens")


class TokenRequestSchema(StrictSchema):
    """Either login and password, or a personal API token; fewer scopes when asked for."""

    login = FreeText(least=1, most=200, metadata={**LEFT_OUT})
    password = FreeText(
        least=1,
        most=1000,
        metadata={"description": "The one that belongs to the login.", **LEFT_OUT},
    )
    api_token = FreeText(least=1, most=200)
    scope = FreeText(
        most=500,
        metadata={
            "description": "Scopes, separated by spaces. Left out: all that can be had.",
            **LEFT_OUT,
        },
    )

    @marshmallow.validates_schema
    def either_or(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a request with both, or with neither."""
        given = {"login", "password", "api_token"} & set(data)
        if given not in ({"login", "password"}, {"api_token"}):
            msg = "Give login and password, or api_token."
            raise marshmallow.ValidationError(msg)


class AccessTokenSchema(StrictSchema):
    """An access token as OAuth 2.0 answers (RFC 6749, 5.1)."""

    access_token = fields.String(required=True)
    token_type = fields.String(required=True)
    expires_in = fields.Integer(required=True, metadata={"description": "Seconds."})
    scope = fields.String(required=True, metadata={"description": "Empty: all that roles allow."})


@blueprint.route("", methods=["POST"])
@blueprint.arguments(TokenRequestSchema)
@blueprint.response(200, AccessTokenSchema)
@blueprint.alt_response(401, response="UNAUTHORIZED")
@blueprint.alt_response(403, response="FORBIDDEN")
def exchange(body: dict[str, Any]) -> dict[str, Any]:
    """Get an access token for ten minutes."""
    parts = current_parts()
    if "api_token" in body:
        account, token = use_api_token(body["api_token"], uow=parts.uow(), clock=parts.clock)
        held = token.scopes
    else:
        typed = CheckPassword(
            login=body["login"], password=body["password"], address=request.remote_addr or ""
        )
        account = check_password(typed, uow=parts.uow(), clock=parts.clock)
        held = UNLIMITED
    scopes = _narrowed(held, frozenset(body.get("scope", "").split()))
    return {
        "access_token": parts.access_tokens.sign(account, scopes),
        "token_type": "Bearer",
        "expires_in": LIFE_SECONDS,
        "scope": " ".join(sorted(scopes)),
    }


def _narrowed(held: frozenset[str], asked: frozenset[str]) -> frozenset[str]:
    if unknown := unknown_scopes(asked):
        numbers = {"field": "scope", "scope": ", ".join(unknown)}
        raise errors.ApiTokenRejected().because([Violation("unknown_scope", numbers)])
    if beyond := scopes_beyond(asked, held):
        raise errors.ScopeNotHeld(scope=", ".join(beyond))
    return asked or held


@blueprint.errorhandler(errors.SignInFailed)
@blueprint.errorhandler(errors.ApiTokenRefused)
def _challenged(refusal: errors.SignInFailed) -> Response:
    response = from_refusal(refusal)
    response.headers["WWW-Authenticate"] = 'Bearer realm="atrium"'
    return response

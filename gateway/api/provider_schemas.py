"""Identity providers on the wire."""

from typing import Any

from marshmallow import fields, validate

from gateway.domain.sign_in_provider import (
    CLAIMS,
    LONGEST_NAME,
    LONGEST_VALUE,
    MOST_ENTRIES,
    MOST_SCOPES,
    USUAL_CLAIMS,
)
from gateway.domain.vocabulary import IMPORTABLE_ROLES, LEVELS
from shared.web.fields import FreeText, YesNo
from shared.web.schemas import StrictSchema


def _texts(least: int = 1) -> Any:
    return FreeText(least=least, most=LONGEST_VALUE)


class ClaimMappingSchema(StrictSchema):
    """What a provider's claims mean here."""

    claims = fields.Dict(
        keys=fields.String(validate=validate.OneOf(CLAIMS)),
        values=_texts(),
        load_default=lambda: dict(USUAL_CLAIMS),
        metadata={
            "description": "Which claim each detail is read from; a dot leads into an object. "
            "Details: " + ", ".join(CLAIMS) + "."
        },
    )
    roles = fields.Dict(
        keys=_texts(),
        values=fields.String(validate=validate.OneOf(IMPORTABLE_ROLES)),
        load_default=dict,
        validate=validate.Length(max=MOST_ENTRIES),
        metadata={"description": "Value of the role claim to role; others are no roles."},
    )
    faculties = fields.Dict(
        keys=_texts(),
        values=_texts(),
        load_default=dict,
        validate=validate.Length(max=MOST_ENTRIES),
        metadata={"description": "Value of the faculty claim to faculty; others stay as they are."},
    )
    levels = fields.Dict(
        keys=_texts(),
        values=fields.String(validate=validate.OneOf(LEVELS)),
        load_default=dict,
        validate=validate.Length(max=MOST_ENTRIES),
        metadata={"description": "Value of the level claim to level."},
    )
    trusts_numbers = YesNo(
        load_default=False,
        metadata={"description": "A person number from here proves whose account it is."},
    )
    may_create = YesNo(
        load_default=False,
        metadata={"description": "Who has no account gets one at the first sign-in."},
    )


class NewProviderSchema(StrictSchema):
    """An identity provider as it shall be."""

    name_en = FreeText(required=True, least=1, most=LONGEST_NAME)
    name_zh = FreeText(required=True, least=1, most=LONGEST_NAME)
    issuer = FreeText(required=True, least=1, most=LONGEST_VALUE)
    client_id = FreeText(required=True, least=1, most=LONGEST_VALUE)
    client_secret = FreeText(
        most=LONGEST_VALUE,
        load_default=None,
        allow_none=True,
        load_only=True,
        metadata={"description": "Left out or null: the present one stays. Empty: none."},
    )
    scopes = fields.List(
        _texts(),
        load_default=lambda: ["openid", "profile", "email"],
        validate=validate.Length(min=1, max=MOST_SCOPES),
        metadata={"description": "What is asked of it.", "example": ["openid", "profile", "email"]},
    )
    mapping = fields.Nested(ClaimMappingSchema, load_default=lambda: ClaimMappingSchema().load({}))
    active = YesNo(load_default=True)


class ProviderSchema(NewProviderSchema):
    """An identity provider; its secret never leaves."""

    provider_id = fields.UUID(required=True)
    has_secret = fields.Boolean(required=True)
    redirect_uri = fields.String(
        required=True, metadata={"description": "To be registered at the provider, exactly so."}
    )
    version = fields.Integer(required=True)


class ProviderListSchema(StrictSchema):
    """All providers; there are few, so they come in one piece."""

    items = fields.List(fields.Nested(ProviderSchema), required=True)


class ProviderTestSchema(StrictSchema):
    """What a provider answered just now."""

    reachable = fields.Boolean(required=True)
    trouble = fields.String(required=True, allow_none=True)
    keys = fields.Integer(required=True)
    algorithms = fields.List(fields.String(), required=True)
    offers_sign_out = fields.Boolean(required=True)


class LocalSignInSchema(StrictSchema):
    """Whether passwords kept here are asked for."""

    allowed = YesNo(required=True)

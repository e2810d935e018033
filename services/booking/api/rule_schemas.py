"""Rulebooks on the wire."""

from marshmallow import Schema, fields, validate

from services.booking.api.rule_body_schema import Rules
from services.booking.domain.rulebook import SCOPES
from shared.web.fields import FreeText, Identifier, UtcDateTime, WholeNumber
from shared.web.schemas import StrictSchema

MOST_CHARS = 100


class RulebooksArgs(StrictSchema):
    """Of which library."""

    library_id = Identifier(required=True)


class PublishRulesSchema(StrictSchema):
    """For which scope of a library, for whom, what, and from when."""

    library_id = Identifier(required=True)
    scope_type = fields.String(required=True, validate=validate.OneOf(SCOPES))
    scope_id = FreeText(
        required=True,
        least=1,
        most=MOST_CHARS,
        metadata={
            "description": "The scope's UUID; for space_type: room, seat or machine.",
            "example": "0198c0de-0000-7000-8000-000000000001",
        },
    )
    patron_class = FreeText(
        least=1, most=MOST_CHARS, allow_none=True, metadata={"example": "undergraduate"}
    )
    valid_from = UtcDateTime(metadata={"description": "Now, when left out."})
    body = Rules(
        required=True,
        metadata={"description": "The numbers that differ; what is left out has its default."},
    )


class PreviewRulesSchema(PublishRulesSchema):
    """A draft, and over how many of the last days it is tried."""

    class Meta:
        """A draft is tried as if it held from now on."""

        exclude = ("valid_from",)

    days = WholeNumber(least=1, most=92, load_default=28)


class TallySchema(Schema):
    """How many were looked at, and how many the draft decides otherwise; nobody is named."""

    looked_at = fields.Integer(required=True)
    differ = fields.Integer(required=True)
    by_rule = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    by_class = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class PreviewSchema(Schema):
    """Whom a draft touches.

    `ahead`: reservations still to come that it would not allow (they stay as they are). `refused`,
    `allowed`: what it would have refused, and allowed, over the last days.
    """

    spaces = fields.Integer(required=True)
    days = fields.Integer(required=True)
    ahead = fields.Nested(TallySchema, required=True)
    refused = fields.Nested(TallySchema, required=True)
    allowed = fields.Nested(TallySchema, required=True)
    complete = fields.Boolean(
        required=True,
        metadata={
            "description": "false: there were too many, or refusals so old are no longer kept."
        },
    )
    looked_from = UtcDateTime(
        required=True, metadata={"description": "Since when everything was looked at."}
    )


class RulebookSchema(Schema):
    """One version of the rules of one scope."""

    id = fields.UUID(required=True)
    library_id = fields.UUID(required=True)
    scope_type = fields.String(required=True, validate=validate.OneOf(SCOPES))
    scope_id = fields.String(required=True)
    patron_class = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)
    body = Rules(required=True)
    valid_from = UtcDateTime(required=True)
    published_by = fields.UUID(required=True)
    published_at = UtcDateTime(required=True)


class RulebookListSchema(Schema):
    """Rulebooks of a library."""

    items = fields.List(fields.Nested(RulebookSchema), required=True)

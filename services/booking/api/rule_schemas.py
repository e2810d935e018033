"""Rulebooks on the wire."""

from marshmallow import Schema, fields, validate

from services.booking.domain.rulebook import SCOPES
from shared.web.fields import FreeText, Identifier, UtcDateTime
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
        metadata={"description": "The scope's UUID; for space_type: room, seat or machine."},
    )
    patron_class = FreeText(least=1, most=MOST_CHARS, allow_none=True)
    valid_from = UtcDateTime(metadata={"description": "Now, when left out."})
    body = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata={"description": "Numbers by name; what is left out has its default."},
    )


class RulebookSchema(Schema):
    """One version of the rules of one scope."""

    id = fields.UUID(required=True)
    library_id = fields.UUID(required=True)
    scope_type = fields.String(required=True, validate=validate.OneOf(SCOPES))
    scope_id = fields.String(required=True)
    patron_class = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)
    body = fields.Dict(required=True)
    valid_from = UtcDateTime(required=True)
    published_by = fields.UUID(required=True)
    published_at = UtcDateTime(required=True)


class RulebookListSchema(Schema):
    """Rulebooks of a library."""

    items = fields.List(fields.Nested(RulebookSchema), required=True)

"""Feeds on the wire."""

from marshmallow import Schema, fields, validate

from shared.web.language import LANGUAGES
from shared.web.schemas import StrictSchema


class FeedArgs(StrictSchema):
    """In which language names are; calendar programs cannot be told to ask for one."""

    language = fields.String(validate=validate.OneOf(LANGUAGES))


class FeedKeySchema(Schema):
    """The secret address of a feed."""

    key = fields.String(required=True)
    url = fields.String(required=True)

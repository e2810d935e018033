"""What a screen at a space shows, and its keys, on the wire."""

from marshmallow import Schema, fields, validate

from services.booking.api.hours_schemas import StretchSchema
from services.booking.api.inventory_schemas import NAME_CHARS
from services.booking.queries.door import CLOSED, FREE, TAKEN
from shared.web.fields import FreeText, UtcDateTime
from shared.web.schemas import StrictSchema


class DisplayKeyBodySchema(StrictSchema):
    """Where the screen hangs."""

    label = FreeText(required=True, least=1, most=NAME_CHARS)


class DisplayKeySchema(Schema):
    """A key of a screen, without the secret."""

    id = fields.UUID(required=True)
    space_id = fields.UUID(required=True)
    label = fields.String(required=True)
    created_by = fields.UUID(required=True)
    created_at = UtcDateTime(required=True)


class NewDisplayKeySchema(DisplayKeySchema):
    """A new key with its secret, which is shown this once."""

    key = fields.String(required=True)


class DisplayKeyListSchema(Schema):
    """The keys of a space."""

    items = fields.List(fields.Nested(DisplayKeySchema), required=True)


class DoorCodeSchema(Schema):
    """The digits to check in with, and how long they hold."""

    code = fields.String(required=True)
    seconds_left = fields.Integer(required=True)


class DoorSchema(Schema):
    """A space for everybody to read: no names, no numbers of reservations.

    `until` says when the state ends, if it does today. `check_in` is null without a display key.
    """

    space_id = fields.UUID(required=True)
    code = fields.String(required=True)
    name_zh = fields.String(required=True)
    name_en = fields.String(required=True)
    library_zh = fields.String(required=True)
    library_en = fields.String(required=True)
    timezone = fields.String(required=True)
    capacity = fields.Integer(required=True)
    now = UtcDateTime(required=True)
    state = fields.String(required=True, validate=validate.OneOf([FREE, TAKEN, CLOSED]))
    until = UtcDateTime(required=True, allow_none=True)
    busy = fields.List(fields.Nested(StretchSchema), required=True)
    open = fields.List(fields.Nested(StretchSchema), required=True)
    check_in = fields.Nested(DoorCodeSchema, required=True, allow_none=True)

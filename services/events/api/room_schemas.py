"""The talk about a room on the wire."""

from marshmallow import Schema, fields

from services.events.api.library_event_schemas import RoomSchema
from shared.web.fields import Identifier, UtcDateTime
from shared.web.schemas import StrictSchema


class AlternativeChoiceSchema(StrictSchema):
    """One of the alternatives named, exactly as it was named."""

    space_id = Identifier(required=True)
    starts_at = UtcDateTime(required=True)
    ends_at = UtcDateTime(required=True)


class NamedSlotSchema(Schema):
    """A space and time, with what to call the space."""

    space_id = fields.UUID(required=True, allow_none=True)
    space_code = fields.String(required=True)
    space_name_zh = fields.String(required=True)
    space_name_en = fields.String(required=True)
    capacity = fields.Integer(required=True, allow_none=True)
    starts_at = UtcDateTime(required=True)
    ends_at = UtcDateTime(required=True)


class ReasonSchema(Schema):
    """Why a room was refused."""

    code = fields.String(required=True)
    message = fields.String(required=True)


class RoomTurnSchema(Schema):
    """One turn: what was asked for, or what was answered."""

    at = UtcDateTime(required=True)
    state = fields.String(required=True)
    message = fields.String(required=True)
    wanted = fields.Nested(NamedSlotSchema, required=True)
    reasons = fields.List(fields.Nested(ReasonSchema), required=True)
    alternatives = fields.List(fields.Nested(NamedSlotSchema), required=True)
    hold_expires_at = UtcDateTime(required=True, allow_none=True)
    of_move = fields.Boolean(
        required=True,
        metadata={"description": "About the room of a wished move, not the activity's own."},
    )


class RoomDialogueSchema(Schema):
    """How it stands with the room now, and every turn of the talk, the latest first.

    `move` is the last turn about the room of a move that is not settled, null without one.
    """

    library_event_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    room = fields.Nested(RoomSchema, required=True)
    turns = fields.List(fields.Nested(RoomTurnSchema), required=True)
    move = fields.Nested(RoomTurnSchema, required=True, allow_none=True)

"""Presence on the wire."""

from marshmallow import Schema, fields, validate

from services.events.domain.plan_rules import MOST_CAPACITY
from shared.web.fields import FreeText, Identifier, UtcDateTime, WholeNumber
from shared.web.schemas import StrictSchema

MOST_ATTENDEES = 500
MOST_HEADS = 1_000_000
REASON_CHARS = 500


class CodeSchema(StrictSchema):
    """The six digits shown in the room."""

    code = FreeText(required=True, least=1, most=20)


class AttendeeSchema(StrictSchema):
    """One person who was there; without a time, now."""

    patron_id = Identifier(required=True)
    party_size = WholeNumber(least=1, most=MOST_CAPACITY)
    attended_at = UtcDateTime()


class AttendeesSchema(StrictSchema):
    """Who was there, from a scanner or a paper list; walk-ins too."""

    attendees = fields.List(
        fields.Nested(AttendeeSchema),
        required=True,
        validate=validate.Length(min=1, max=MOST_ATTENDEES),
    )


class HeadcountBodySchema(StrictSchema):
    """How many people without names were there."""

    anonymous = WholeNumber(required=True, least=0, most=MOST_HEADS)


class VoidSchema(StrictSchema):
    """Why an attendance is taken back."""

    reason = FreeText(required=True, least=1, most=REASON_CHARS)


class AttendanceSchema(Schema):
    """A presence."""

    id = fields.UUID(required=True)
    library_event_id = fields.UUID(required=True)
    patron_id = fields.UUID(required=True)
    registration_id = fields.UUID(required=True, allow_none=True)
    method = fields.String(required=True)
    party_size = fields.Integer(required=True)
    attended_at = UtcDateTime(required=True)
    recorded_at = UtcDateTime(required=True)
    voided_at = UtcDateTime(required=True, allow_none=True)
    void_reason = fields.String(required=True, allow_none=True)


class AttendanceListSchema(Schema):
    """Presences just recorded."""

    items = fields.List(fields.Nested(AttendanceSchema), required=True)


class HeadcountSchema(Schema):
    """A count of people without names."""

    anonymous = fields.Integer(required=True)
    counted_at = UtcDateTime(required=True)


class AttendancePageSchema(Schema):
    """A page of presences, and the count that holds (null when nobody counted)."""

    items = fields.List(fields.Nested(AttendanceSchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
    headcount = fields.Nested(HeadcountSchema, required=True, allow_none=True)


class ShownCodeSchema(Schema):
    """The code to show in the room now."""

    code = fields.String(required=True)
    seconds_left = fields.Integer(required=True)

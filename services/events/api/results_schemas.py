"""What came of an activity, on the wire."""

from marshmallow import Schema, fields

from services.events.api.attendance_schemas import HeadcountSchema
from shared.web.fields import UtcDateTime


class GroupSchema(Schema):
    """How many sign-ups, and how many persons with their companions."""

    sign_ups = fields.Integer(required=True)
    people = fields.Integer(required=True)


class ShareSchema(Schema):
    """A share with what it is made of; no value where it was not measured or nobody had a place."""

    numerator = fields.Integer(required=True)
    denominator = fields.Integer(required=True)
    value = fields.Float(required=True, allow_none=True)


class ResultsSchema(Schema):
    """From sign-ups to attendance. `not_measured` is not the same as nobody."""

    library_event_id = fields.UUID(required=True)
    status = fields.String(required=True)
    at = UtcDateTime(required=True)
    capacity = fields.Integer(required=True)
    attendance_measured = fields.Boolean(required=True, allow_none=True)
    signed_up = fields.Nested(GroupSchema, required=True)
    had_a_place = fields.Nested(GroupSchema, required=True)
    came = fields.Nested(GroupSchema, required=True)
    no_show = fields.Nested(GroupSchema, required=True)
    not_measured = fields.Nested(GroupSchema, required=True)
    expected = fields.Nested(
        GroupSchema,
        required=True,
        metadata={"description": "Have a place and have not come yet; nobody once it is closed."},
    )
    offered = fields.Nested(GroupSchema, required=True)
    waiting = fields.Nested(GroupSchema, required=True)
    gave_up = fields.Nested(GroupSchema, required=True)
    unserved = fields.Nested(GroupSchema, required=True)
    walk_ins = fields.Nested(GroupSchema, required=True)
    head_count = fields.Nested(HeadcountSchema, required=True, allow_none=True)
    present = fields.Integer(
        required=True, metadata={"description": "By name with companions, and by count."}
    )
    show_up = fields.Nested(ShareSchema, required=True)

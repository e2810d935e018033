"""Closures on the wire."""

from marshmallow import Schema, fields, validate

from services.booking.api.hours_schemas import NAME_CHARS, spans_field
from services.booking.api.schemas import ReservationSchema
from services.booking.domain.hours_book import SCOPE_TYPES
from shared.web.fields import CalendarDate, FreeText, Identifier, UtcDateTime, YesNo
from shared.web.schemas import StrictSchema


class ClosureArgs(StrictSchema):
    """Whether only to look."""

    dry_run = YesNo(
        load_default=False,
        from_text=True,
        metadata={"description": "true: nothing is closed; the answer says whom it would touch."},
    )


class ClosureBodySchema(StrictSchema):
    """What is closed from a first to a last day, both included, and why.

    `spans` are the hours that stay open on these days; none is closed altogether.
    """

    scope_type = fields.String(required=True, validate=validate.OneOf(SCOPE_TYPES))
    scope_id = Identifier(required=True)
    first_day = CalendarDate(required=True)
    last_day = CalendarDate(required=True)
    name_zh = FreeText(required=True, least=1, most=NAME_CHARS, metadata={"example": "元旦"})
    name_en = FreeText(
        required=True, least=1, most=NAME_CHARS, metadata={"example": "New Year's Day"}
    )
    spans = spans_field(load_default=list)


class ClosureSchema(Schema):
    """A closure; while `finished_at` is null, people are still being told."""

    id = fields.UUID(required=True)
    library_id = fields.UUID(required=True)
    scope_type = fields.String(required=True)
    scope_id = fields.UUID(required=True)
    first_day = CalendarDate(required=True)
    last_day = CalendarDate(required=True)
    name_zh = fields.String(required=True)
    name_en = fields.String(required=True)
    created_by = fields.UUID(required=True)
    created_at = UtcDateTime(required=True)
    cancelled = fields.Integer(required=True)
    finished_at = UtcDateTime(required=True, allow_none=True)
    undone_at = UtcDateTime(required=True, allow_none=True)


class ClosureReportSchema(Schema):
    """The closure (null when only looked at), and whom it touches: the first 200 by start.

    Activities are named, and not cancelled: they are moved where they are planned.
    """

    closure = fields.Nested(ClosureSchema, required=True, allow_none=True)
    reservations = fields.Integer(required=True)
    activities = fields.Integer(required=True)
    affected = fields.List(fields.Nested(ReservationSchema), required=True)

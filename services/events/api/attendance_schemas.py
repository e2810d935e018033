"""Presence on the wire."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.events.api.door_schemas import TICKET_CHARS
from services.events.domain.headcount import AUDIENCES
from services.events.domain.plan_rules import MOST_CAPACITY
from shared.web.fields import FreeText, Identifier, UtcDateTime, WholeNumber, YesNo
from shared.web.meanings import LEFT_OUT
from shared.web.paging import PageArgs
from shared.web.schemas import StrictSchema

EARLIEST, LATEST = "earliest", "latest"
MOST_ATTENDEES = 500
MOST_HEADS = 1_000_000
REASON_CHARS = 500


class CodeSchema(StrictSchema):
    """The six digits shown in the room."""

    code = FreeText(required=True, least=1, most=20, metadata={"example": "042137"})


class AttendeeSchema(StrictSchema):
    """One person who was there; without a time, now."""

    patron_id = Identifier(required=True)
    party_size = WholeNumber(least=1, most=MOST_CAPACITY)
    attended_at = UtcDateTime(metadata={**LEFT_OUT})


class AttendeesSchema(StrictSchema):
    """Who was there: one ticket, or people from a paper list; walk-ins too."""

    attendees = fields.List(
        fields.Nested(AttendeeSchema), validate=validate.Length(min=1, max=MOST_ATTENDEES)
    )
    ticket_code = FreeText(least=1, most=TICKET_CHARS, metadata={**LEFT_OUT})
    let_in_waiting = YesNo(
        metadata={
            "description": "With a ticket: let the person in even if they wait for a place.",
            **LEFT_OUT,
        }
    )

    @validates_schema
    def either_or(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a body with both, or with neither."""
        by_ticket = "ticket_code" in data
        if by_ticket == ("attendees" in data) or ("let_in_waiting" in data and not by_ticket):
            msg = "Give either attendees or a ticket_code."
            raise ValidationError(msg)


class HeadcountBodySchema(StrictSchema):
    """How many people without names were there: all of them, by audience, or so many more."""

    anonymous = WholeNumber(least=0, most=MOST_HEADS)
    by_audience = fields.Dict(
        keys=fields.String(validate=validate.OneOf(AUDIENCES)),
        values=WholeNumber(least=0, most=MOST_HEADS),
        metadata={"description": "Who they are, as far as known; without `anonymous`, all."},
    )
    more = WholeNumber(least=-MOST_HEADS, most=MOST_HEADS, metadata={**LEFT_OUT})
    audience = fields.String(validate=validate.OneOf(AUDIENCES), metadata={**LEFT_OUT})

    @validates_schema
    def one_way(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a whole count and an addition in one body, or neither."""
        whole = bool({"anonymous", "by_audience"} & set(data))
        addition = "more" in data
        if whole == addition or ("audience" in data and not addition):
            msg = "Give anonymous or by_audience (or both), or else more (with audience or not)."
            raise ValidationError(msg)


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
    """Presences as recorded, and how many of them are new."""

    items = fields.List(fields.Nested(AttendanceSchema), required=True)
    recorded = fields.Integer(required=True)


class HeadcountSchema(Schema):
    """A count of people without names."""

    anonymous = fields.Integer(required=True)
    by_audience = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    counted_at = UtcDateTime(required=True)


class AttendancePageSchema(Schema):
    """A page of presences, and the count that holds (null when nobody counted)."""

    items = fields.List(fields.Nested(AttendanceSchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
    headcount = fields.Nested(HeadcountSchema, required=True, allow_none=True)


class AttendancesArgs(PageArgs):
    """In which order: the first entry first, or the latest."""

    order = fields.String(
        validate=validate.OneOf((EARLIEST, LATEST)),
        metadata={"description": "By entry: the earliest first, or the latest."},
    )


class ShownCodeSchema(Schema):
    """The code to show in the room now."""

    code = fields.String(required=True)
    seconds_left = fields.Integer(required=True)

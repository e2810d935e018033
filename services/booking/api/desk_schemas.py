"""The desk's day, and what staff do for others, on the wire."""

from marshmallow import Schema, fields, validate

from services.booking.api.approval_schemas import RivalSchema
from services.booking.api.schemas import MOST_PEOPLE, REASON_CHARS, ReservationSchema
from services.booking.domain.no_show import Outcome
from services.booking.queries.desk import SECTIONS
from shared.web.fields import CalendarDate, FreeText, Identifier, UtcDateTime, WholeNumber
from shared.web.paging import PageArgs
from shared.web.schemas import StrictSchema


class DeskArgs(PageArgs):
    """Which local day (today, when left out), and which part of it."""

    day = CalendarDate()
    section = fields.String(validate=validate.OneOf(SECTIONS))


class DeskSpaceSchema(Schema):
    """Which space."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    name_zh = fields.String(required=True)
    name_en = fields.String(required=True)


class DeskEntrySchema(ReservationSchema):
    """A reservation of the day.

    `due` may check in now, `expected` later; `here` is running; `pending` waits for an answer.
    """

    section = fields.String(required=True, validate=validate.OneOf(SECTIONS))
    space = fields.Nested(DeskSpaceSchema, required=True)
    rivals = fields.List(fields.Nested(RivalSchema), required=True)


class DeskDaySchema(Schema):
    """A library's day: how many in each section, and a page of its entries by start."""

    library_id = fields.UUID(required=True)
    timezone = fields.String(required=True)
    now = UtcDateTime(required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    items = fields.List(fields.Nested(DeskEntrySchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class VoidNoShowSchema(StrictSchema):
    """What is true instead of "did not come", and why; the person can read it."""

    outcome = fields.String(required=True, validate=validate.OneOf([one.value for one in Outcome]))
    reason = FreeText(required=True, least=1, most=REASON_CHARS)


class WalkInSchema(StrictSchema):
    """Who stands at the desk; until when (the rules' usual length without it), how many."""

    patron_id = Identifier(required=True)
    ends_at = UtcDateTime()
    party_size = WholeNumber(least=1, most=MOST_PEOPLE, load_default=1)
    reason = FreeText(most=REASON_CHARS, load_default="")

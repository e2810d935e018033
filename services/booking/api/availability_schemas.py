"""Availability on the wire: nobody's name, only that a time is open, held, or one's own."""

from typing import Any

from marshmallow import Schema, fields, validate

from services.booking.api.hours_schemas import StretchSchema
from services.booking.api.inventory_schemas import SpaceFilterArgs, SpaceSchema
from services.booking.domain.space import MOST_PLACES
from shared.web.api_document import ViolationSchema
from shared.web.fields import CalendarDate, Identifier, UtcDateTime, WholeNumber
from shared.web.paging import PageArgs

MOST_MINUTES = 7 * 24 * 60


class AvailabilityArgs(SpaceFilterArgs, PageArgs):
    """When, how long, for how many, and which spaces."""

    library_id = Identifier(data_key="library")
    space_id = Identifier(data_key="space")
    starts_at = UtcDateTime(
        required=True, data_key="from", metadata={"description": "The earliest start."}
    )
    ends_at = UtcDateTime(
        required=True,
        data_key="to",
        metadata={"description": "The latest end: at most seven days after the earliest start."},
    )
    minutes = WholeNumber(required=True, least=1, most=MOST_MINUTES, from_text=True)
    party_size = WholeNumber(
        least=1, most=MOST_PLACES, from_text=True, load_default=1, data_key="party"
    )


class AvailabilityForArgs(AvailabilityArgs):
    """As above; which library as well, for its staff ask."""

    library_id = Identifier(required=True, data_key="library")


class PossibleSpaceSchema(Schema):
    """A space, and every start at which the stay fits."""

    space = fields.Nested(SpaceSchema, required=True)
    starts = fields.List(UtcDateTime(), required=True)


class AlternativeSchema(Schema):
    """The nearest thing that can be had."""

    space_id = fields.UUID(required=True)
    starts_at = UtcDateTime(required=True)
    ends_at = UtcDateTime(required=True)
    shift_minutes = fields.Integer(required=True)
    cut_minutes = fields.Integer(required=True)


class AvailabilitySchema(Schema):
    """Where it is possible, the nearest fit of capacity first; when nowhere, what is nearest."""

    items = fields.List(fields.Nested(PossibleSpaceSchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
    because = fields.Nested(
        ViolationSchema,
        required=True,
        allow_none=True,
        metadata={"description": "Why nothing fits; null when something does."},
    )
    alternatives = fields.List(fields.Nested(AlternativeSchema), required=True)


class GridArgs(SpaceFilterArgs):
    """Which library, which of its local days, which spaces."""

    library_id = Identifier(required=True, data_key="library")
    day = CalendarDate(required=True)


class WeekArgs(SpaceFilterArgs):
    """Which library, the first of seven local days, which spaces."""

    library_id = Identifier(required=True, data_key="library")
    first_day = CalendarDate(required=True, data_key="from")


class BusySchema(StretchSchema):
    """A stretch in which a space is held; `own` when by the caller."""

    own = fields.Boolean(required=True)


class SpaceOccupancySchema(Schema):
    """A space, when it is open and when it is held."""

    space_id = fields.UUID(required=True)
    zone_id = fields.UUID(required=True)
    code = fields.String(required=True)
    name_zh = fields.String(required=True)
    name_en = fields.String(required=True)
    space_type = fields.String(required=True)
    space_kind = fields.String(required=True)
    capacity = fields.Integer(required=True)
    accessible = fields.Boolean(required=True)
    in_use = fields.Boolean(required=True)
    open = fields.List(fields.Nested(StretchSchema), required=True)
    busy = fields.List(fields.Nested(BusySchema), required=True)


class OccupancySchema(Schema):
    """The spaces asked for, by code, over some local days."""

    library_id = fields.UUID(required=True)
    timezone = fields.String(required=True)
    first_day = CalendarDate(required=True)
    days = fields.Integer(required=True, validate=validate.OneOf((1, 7)))
    window = fields.Nested(StretchSchema, required=True)
    spaces = fields.List(fields.Nested(SpaceOccupancySchema), required=True)


def alternative_shown(one: Any) -> dict[str, Any]:
    """Return an alternative as it goes out."""
    return {
        "space_id": one.space_id,
        "starts_at": one.span.start,
        "ends_at": one.span.end,
        "shift_minutes": one.shift_minutes,
        "cut_minutes": one.cut_minutes,
    }

"""Opening hours on the wire: wall time as a clock shows it, 24:00 being the end of the day."""

import re
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.booking.domain.hours_book import SCOPE_TYPES
from services.booking.domain.opening_hours import WallSpan
from shared.web.fields import CalendarDate, FreeText, UtcDateTime, WholeNumber, YesNo
from shared.web.meanings import LEFT_OUT
from shared.web.schemas import StrictSchema

NAME_CHARS = 200
MOST_SPANS = 24
MOST_LINES = 500
MOST_CALENDAR_CHARS = 1_000_000
_WALL_TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00"


class WallTime(fields.Field[int]):
    """A time of day such as 07:30, as minutes after midnight; 24:00 is the end of the day."""

    def __init__(self, **kwargs: Any) -> None:
        """Take what a marshmallow field takes."""
        documented = {"type": "string", "pattern": f"^(?:{_WALL_TIME})$"}
        super().__init__(**{**kwargs, "metadata": {**documented, **kwargs.get("metadata", {})}})

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        if not isinstance(value, str) or not re.fullmatch(_WALL_TIME, value):
            raise ValidationError("Not a valid time.")
        return int(value[:2]) * 60 + int(value[3:])

    def _serialize(self, value: int | None, *_: Any, **__: Any) -> str | None:
        return None if value is None else f"{value // 60:02d}:{value % 60:02d}"


class WallSpanSchema(StrictSchema):
    """From a time of day until another."""

    opens = WallTime(required=True)
    closes = WallTime(required=True)

    @validates_schema
    def _ends_after_it_starts(self, span: dict[str, int], **_: Any) -> None:
        if span["opens"] >= span["closes"]:
            raise ValidationError("Must be later than opens.", "closes")


def spans_field(**kwargs: Any) -> fields.List[Any]:
    """Return the field of a day's spans; none is closed."""
    return fields.List(
        fields.Nested(WallSpanSchema), validate=validate.Length(max=MOST_SPANS), **kwargs
    )


class WeekdaySchema(StrictSchema):
    """The hours of a weekday; 0 is Monday."""

    weekday = WholeNumber(required=True, least=0, most=6)
    spans = spans_field(required=True)


class WeeklySchema(StrictSchema):
    """Weekly hours; a weekday that is missing is left to the wider scope."""

    days = fields.List(fields.Nested(WeekdaySchema), required=True, validate=validate.Length(max=7))

    @validates_schema
    def _no_weekday_twice(self, body: dict[str, Any], **_: Any) -> None:
        weekdays = [day["weekday"] for day in body["days"]]
        if len(weekdays) != len(set(weekdays)):
            raise ValidationError("Must not name a weekday twice.", "days")


class ExceptionBodySchema(StrictSchema):
    """Other hours from a first to a last day, both included.

    No spans is closed. With `as_weekday` (0 is Monday) the hours of that weekday hold instead.
    """

    first_day = CalendarDate(required=True)
    last_day = CalendarDate(required=True)
    name_zh = FreeText(required=True, least=1, most=NAME_CHARS, metadata={"example": "元旦"})
    name_en = FreeText(
        required=True, least=1, most=NAME_CHARS, metadata={"example": "New Year's Day"}
    )
    spans = spans_field(load_default=list)
    as_weekday = WholeNumber(
        least=0, most=6, load_default=None, allow_none=True, metadata={**LEFT_OUT}
    )


class ImportBodySchema(StrictSchema):
    """A list of holidays and working weekends."""

    items = fields.List(
        fields.Nested(ExceptionBodySchema),
        required=True,
        validate=validate.Length(min=1, max=MOST_LINES),
    )


class ExceptionSchema(Schema):
    """An exception."""

    id = fields.UUID(required=True)
    scope_type = fields.String(required=True, validate=validate.OneOf(SCOPE_TYPES))
    scope_id = fields.UUID(required=True)
    first_day = CalendarDate(required=True)
    last_day = CalendarDate(required=True)
    name_zh = fields.String(required=True)
    name_en = fields.String(required=True)
    spans = fields.List(fields.Nested(WallSpanSchema), required=True)
    as_weekday = fields.Integer(required=True, allow_none=True)


class ImportedLineSchema(Schema):
    """What became of a line, counted from 1; `code` and `detail` say why one was refused."""

    line = fields.Integer(required=True)
    added = fields.Boolean(required=True)
    code = fields.String(required=True, allow_none=True)
    detail = fields.String(required=True, allow_none=True)


class ImportReportSchema(Schema):
    """What became of every line."""

    items = fields.List(fields.Nested(ImportedLineSchema), required=True)


class CalendarBodySchema(StrictSchema):
    """A calendar (RFC 5545) as text, and whether only to look."""

    calendar = FreeText(required=True, least=1, most=MOST_CALENDAR_CHARS)
    dry_run = YesNo(load_default=False)


class CalendarComponentSchema(ImportedLineSchema):
    """What became of a component of a calendar; its days when it has whole ones."""

    kind = fields.String(required=True)
    name = fields.String(required=True)
    first_day = CalendarDate(required=True, allow_none=True)
    last_day = CalendarDate(required=True, allow_none=True)


class CalendarReportSchema(Schema):
    """What became of every component."""

    added = fields.Integer(required=True)
    items = fields.List(fields.Nested(CalendarComponentSchema), required=True)


class DaysArgs(StrictSchema):
    """From which local day, and for how many."""

    first_day = CalendarDate(required=True, data_key="from")
    days = WholeNumber(least=1, most=62, from_text=True, load_default=7)


class StretchSchema(Schema):
    """From an instant until another, half-open."""

    starts_at = UtcDateTime(required=True)
    ends_at = UtcDateTime(required=True)


class ReasonSchema(Schema):
    """The exception that decides a day."""

    id = fields.UUID(required=True)
    name_zh = fields.String(required=True)
    name_en = fields.String(required=True)


class OpenDaySchema(Schema):
    """A local day: its hours on the wall and in UTC; none is closed."""

    day = CalendarDate(required=True)
    wall = fields.List(fields.Nested(WallSpanSchema), required=True)
    open = fields.List(fields.Nested(StretchSchema), required=True)
    open_minutes = fields.Integer(required=True)
    because = fields.Nested(ReasonSchema, required=True, allow_none=True)


class SpaceHoursSchema(Schema):
    """The hours that hold for a space."""

    space_id = fields.UUID(required=True)
    timezone = fields.String(required=True)
    days = fields.List(fields.Nested(OpenDaySchema), required=True)


def weekly_shown(weekly: Any) -> dict[str, Any]:
    """Return weekly hours as they go out."""
    return {"days": [{"weekday": weekday, "spans": weekly[weekday]} for weekday in sorted(weekly)]}


def pairs(spans: list[dict[str, int]]) -> list[tuple[int, int]]:
    """Return spans as the commands want them."""
    return [(span["opens"], span["closes"]) for span in spans]


def stretch_shown(span: Any) -> dict[str, Any]:
    """Return a time span as it goes out."""
    return {"starts_at": span.start, "ends_at": span.end}


def wall_text(spans: tuple[WallSpan, ...]) -> str:
    """Return spans as one line of text, equal for equal spans."""
    return ",".join(f"{span.opens}-{span.closes}" for span in spans)

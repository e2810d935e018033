"""The wire shape of points."""

from marshmallow import fields, validate

from services.engagement.domain.points_rules import EARNING_ACTS, MOST_POINTS
from services.engagement.domain.suggestion import SPACE_KINDS
from shared.web.fields import (
    CalendarDate,
    FreeText,
    Identifier,
    UtcDateTime,
    WholeNumber,
    YesNo,
)
from shared.web.paging import PageArgs
from shared.web.schemas import StrictSchema


class EntryArgs(PageArgs):
    """Which part of the entries."""


class EntrySchema(StrictSchema):
    """Points gained or taken back: under which rule, for which message."""

    id = Identifier()
    points = fields.Integer(metadata={"description": "Negative when taken back."})
    kind = fields.String(metadata={"enum": ["award", "void"]})
    rule_code = fields.String()
    rule_version = fields.Integer()
    rule_name = fields.String()
    source = fields.String()
    source_message_id = Identifier(
        metadata={"description": "With `source`: the message that told of the act."}
    )
    voids_entry_id = Identifier(allow_none=True)
    at = UtcDateTime(metadata={"description": "When it was entered."})
    occurred_at = UtcDateTime(
        allow_none=True, metadata={"description": "When the act took place, as its message says."}
    )


class MyPointsSchema(StrictSchema):
    """Balance and entries, newest first."""

    balance = fields.Integer()
    opted_out = fields.Boolean()
    items = fields.List(fields.Nested(EntrySchema))
    next_cursor = fields.String(allow_none=True)


class ChoiceSchema(StrictSchema):
    """Whether a person takes part in points."""

    opted_out = YesNo(required=True)


class ConditionSchema(StrictSchema):
    """Which acts of the type earn; what is left out may be anything."""

    space_kind = fields.List(
        fields.String(validate=validate.OneOf(SPACE_KINDS)), validate=validate.Length(1, 4)
    )
    programme = fields.List(
        FreeText(least=1, most=60, metadata={"example": "workshop"}),
        validate=validate.Length(1, 50),
    )


class PublishRuleSchema(StrictSchema):
    """A rule as it shall be from a day on."""

    code = fields.String(
        required=True,
        validate=validate.Regexp("^[a-z][a-z0-9_]{1,59}$"),
        metadata={"description": "Stays the same in every version.", "example": "came_in_time"},
    )
    valid_from = CalendarDate(required=True, metadata={"description": "A coming day."})
    act_type = fields.String(required=True, validate=validate.OneOf(EARNING_ACTS))
    amount = WholeNumber(
        least=0,
        most=MOST_POINTS,
        required=True,
        metadata={"description": "Points for one act; 0 ends the rule on that day."},
    )
    cap_per_day = WholeNumber(
        least=1,
        most=100 * MOST_POINTS,
        load_default=None,
        allow_none=True,
        metadata={
            "description": "The most points a person gets by it on one day.",
            "example": 5,
        },
    )
    condition = fields.Nested(ConditionSchema, load_default=dict)
    name_zh = FreeText(least=1, most=80, required=True)
    name_en = FreeText(least=1, most=80, required=True)


class RuleSchema(StrictSchema):
    """What an act earns, from a day on."""

    code = fields.String()
    version = fields.Integer()
    name = fields.String()
    valid_from = CalendarDate()
    in_force = fields.Boolean(
        metadata={"description": "Whether acts of today earn by this version."}
    )
    act_type = fields.String()
    amount = fields.Integer()
    cap_per_day = fields.Integer(allow_none=True)
    condition = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))


class RulesSchema(StrictSchema):
    """All versions of all rules."""

    items = fields.List(fields.Nested(RuleSchema))

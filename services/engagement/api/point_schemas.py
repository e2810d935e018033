"""The wire shape of points."""

from marshmallow import fields

from shared.web.fields import CalendarDate, Identifier, UtcDateTime, YesNo
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
    at = UtcDateTime()


class MyPointsSchema(StrictSchema):
    """Balance and entries, newest first."""

    balance = fields.Integer()
    opted_out = fields.Boolean()
    items = fields.List(fields.Nested(EntrySchema))
    next_cursor = fields.String(allow_none=True)


class ChoiceSchema(StrictSchema):
    """Whether a person takes part in points."""

    opted_out = YesNo(required=True)


class RuleSchema(StrictSchema):
    """What an act earns, from a day on."""

    code = fields.String()
    version = fields.Integer()
    name = fields.String()
    valid_from = CalendarDate()
    act_type = fields.String()
    amount = fields.Integer()
    cap_per_day = fields.Integer(allow_none=True)
    condition = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))


class RulesSchema(StrictSchema):
    """All versions of all rules."""

    items = fields.List(fields.Nested(RuleSchema))

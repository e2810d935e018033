"""The wire shape of metrics, figures and counted acts."""

from marshmallow import fields, validate

from services.engagement.domain.disclosure import SPLITS
from shared.web.fields import CalendarDate, Identifier, UtcDateTime
from shared.web.paging import PageArgs
from shared.web.schemas import StrictSchema

LIBRARY = "Only what belongs to this library; all libraries without it."


class DefinitionSchema(StrictSchema):
    """A metric's published words; its `formula` stands beside every number in the pages."""

    id = fields.String()
    version = fields.Integer()
    name = fields.String(metadata={"description": "In the reader's language, unit included."})
    name_en = fields.String()
    name_zh = fields.String()
    scale = fields.Integer(
        metadata={"description": "What numerator / denominator is multiplied by."}
    )
    formula = fields.String(metadata={"description": "In the reader's language."})
    formula_en = fields.String()
    formula_zh = fields.String()
    counted = fields.List(fields.String(), metadata={"description": "Message types counted."})
    exclusions = fields.String(metadata={"description": "What does not count."})
    exclusions_en = fields.String()
    exclusions_zh = fields.String()
    panel = fields.String(metadata={"enum": ["benefit", "trust", "participation"]})
    splits = fields.List(fields.String())
    standard = fields.String(allow_none=True)
    edition = fields.String(allow_none=True)
    indicator_no = fields.String(allow_none=True)
    verified = fields.Boolean(
        metadata={"description": "Whether the indicator number was seen in the standard itself."}
    )
    changes = fields.List(fields.String())


class CatalogueSchema(StrictSchema):
    """All metrics."""

    items = fields.List(fields.Nested(DefinitionSchema))


class PeriodSchema(StrictSchema):
    """Which days, split how, for which library."""

    from_ = CalendarDate(
        required=True, data_key="from", metadata={"description": "First local day."}
    )
    to = CalendarDate(required=True, metadata={"description": "Last local day, included."})
    split = fields.String(validate=validate.OneOf(SPLITS))
    library = Identifier(metadata={"description": LIBRARY})


class FigureArgs(PeriodSchema):
    """The question."""


class CellSchema(StrictSchema):
    """One number; `value` is null exactly when `reason` says why."""

    cell = fields.String(metadata={"description": "`all` when not split."})
    value = fields.Float(allow_none=True, metadata={"description": "To two places."})
    numerator = fields.Integer(allow_none=True)
    denominator = fields.Integer(allow_none=True)
    reason = fields.String(
        allow_none=True,
        metadata={
            "description": "suppressed, not_measured, population_unknown, capacity_unknown,"
            " nothing_ended, nothing_closed or nobody_took_part."
        },
    )
    reason_text = fields.String(allow_none=True)
    unmeasured = fields.Integer(
        metadata={"description": "Activities in the cell whose attendance nobody took."}
    )


class FigureSchema(StrictSchema):
    """A figure with its definition and, if split, its cells."""

    metric = fields.Nested(DefinitionSchema)
    from_ = CalendarDate(data_key="from", attribute="from")
    to = CalendarDate()
    library = Identifier(allow_none=True)
    split = fields.String(allow_none=True)
    cells = fields.List(fields.Nested(CellSchema))


class CountedActsArgs(PeriodSchema, PageArgs):
    """The question, and which part of its acts."""

    cell = fields.String(
        validate=validate.Length(max=200), metadata={"description": "One cell of the split."}
    )


class CountedActSchema(StrictSchema):
    """An act behind a figure: the message, no person, no time finer than a quarter hour."""

    cell = fields.String()
    source = fields.String()
    message_id = Identifier()
    type = fields.String()
    quarter_hour = UtcDateTime()
    library_id = Identifier(allow_none=True)
    space_id = Identifier(allow_none=True)
    space_kind = fields.String(allow_none=True)
    amount = fields.Integer(metadata={"description": "What it adds to the numerator."})

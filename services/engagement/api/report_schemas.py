"""The wire shape of trends, overviews and reports."""

from marshmallow import fields, validate

from services.engagement.api.metric_schemas import (
    CellSchema,
    DefinitionSchema,
    FigureSchema,
    PeriodSchema,
)
from services.engagement.domain.suggestion import SPACE_KINDS
from services.engagement.queries.heat_map import MEASURES
from services.engagement.queries.trends import STEPS
from shared.web.fields import CalendarDate, Identifier
from shared.web.schemas import StrictSchema

CELL = {"description": "One cell of the split."}


class OverviewArgs(PeriodSchema):
    """All figures, whole or for one cell of a split."""

    cell = fields.String(validate=validate.Length(max=200), metadata=CELL)


class OverviewSchema(StrictSchema):
    """Every metric's figure; one that knows no such split comes whole, and says so by `split`."""

    items = fields.List(fields.Nested(FigureSchema))


class TrendArgs(PeriodSchema):
    """Which figure, period after period."""

    step = fields.String(validate=validate.OneOf(STEPS), load_default="week")
    cell = fields.String(validate=validate.Length(max=200), metadata=CELL)


class PointSchema(CellSchema):
    """The figure of one period; `cell` is `all`."""

    name = fields.String(
        metadata={"description": "The day, the Monday, the month as 2026-11, or the term's code."}
    )
    from_ = CalendarDate(data_key="from", attribute="from")
    to = CalendarDate()


class TrendSchema(StrictSchema):
    """A figure over one period after another."""

    metric = fields.Nested(DefinitionSchema)
    step = fields.String()
    split = fields.String(allow_none=True)
    cell = fields.String(allow_none=True)
    library = Identifier(allow_none=True)
    points = fields.List(fields.Nested(PointSchema))


class ReportArgs(StrictSchema):
    """The question of a report: whole weeks of one library."""

    from_ = CalendarDate(required=True, data_key="from", metadata={"description": "A Monday."})
    to = CalendarDate(required=True, metadata={"description": "A Sunday."})
    library = Identifier(required=True)
    space_kind = fields.String(validate=validate.OneOf(SPACE_KINDS))


class HeatMapArgs(ReportArgs):
    """What to show by weekday and hour."""

    measure = fields.String(validate=validate.OneOf(MEASURES), load_default=MEASURES[0])


class ReportSchema(StrictSchema):
    """What a report counts, and over what."""

    id = fields.String()
    version = fields.Integer()
    name = fields.String()
    formula = fields.String()
    exclusions = fields.String()


class ReportCellsSchema(StrictSchema):
    """A report's cells, each with numerator, denominator and value."""

    report = fields.Nested(ReportSchema)
    from_ = CalendarDate(data_key="from", attribute="from")
    to = CalendarDate()
    library = Identifier()
    space_kind = fields.String(allow_none=True)
    cells = fields.List(fields.Nested(CellSchema))


class UnmetDemandSchema(StrictSchema):
    """Unmet demand: the whole, and lists by what it is told apart by."""

    report = fields.Nested(ReportSchema)
    from_ = CalendarDate(data_key="from", attribute="from")
    to = CalendarDate()
    library = Identifier()
    space_kind = fields.String(allow_none=True)
    persons = fields.List(fields.Nested(CellSchema))
    code = fields.List(fields.Nested(CellSchema), metadata={"description": "By rule code."})
    by_space_kind = fields.List(fields.Nested(CellSchema))
    hour = fields.List(
        fields.Nested(CellSchema), metadata={"description": "By the library's hour, 00 to 23."}
    )
    waiting = fields.List(
        fields.Nested(CellSchema),
        metadata={"description": "Sign-ups that waited until the activity closed, of all live."},
    )

"""The question of an export."""

from services.engagement.api.metric_schemas import PeriodSchema


class ExportArgs(PeriodSchema):
    """The question, as for the figure itself."""

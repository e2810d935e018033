"""The question of an export."""

from marshmallow import fields

from services.engagement.api.metric_schemas import PeriodSchema


class ExportArgs(PeriodSchema):
    """The question, as for the figure itself."""

    words = fields.Boolean(
        load_default=True,
        metadata={
            "description": "The metric's words and the question above the table; without them the"
            " file is the table alone, its first line the headings."
        },
    )

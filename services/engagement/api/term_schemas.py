"""The wire shape of terms."""

from marshmallow import fields

from services.engagement.domain.term import NAME_LENGTH
from shared.web.fields import CalendarDate, FreeText, Identifier
from shared.web.schemas import StrictSchema


class TermsArgs(StrictSchema):
    """Whose terms."""

    library = Identifier(required=True)


class TermBodySchema(StrictSchema):
    """A term as it shall be."""

    name_zh = FreeText(least=1, most=NAME_LENGTH, required=True)
    name_en = FreeText(least=1, most=NAME_LENGTH, required=True)
    first_day = CalendarDate(required=True, data_key="from", metadata={"description": "A Monday."})
    last_day = CalendarDate(required=True, data_key="to", metadata={"description": "A Sunday."})


class TermSchema(StrictSchema):
    """A term."""

    library_id = Identifier()
    code = fields.String()
    name = fields.String(metadata={"description": "In the reader's language."})
    name_zh = fields.String()
    name_en = fields.String()
    from_ = CalendarDate(data_key="from", attribute="from")
    to = CalendarDate()


class TermsSchema(StrictSchema):
    """A library's terms."""

    items = fields.List(fields.Nested(TermSchema))

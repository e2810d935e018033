"""Moves of activities on the wire."""

from services.events.api.library_event_schemas import TITLE_CHARS
from services.events.domain.plan_rules import MOST_PADDING_MINUTES
from shared.web.fields import FreeText, Identifier, UtcDateTime, WholeNumber
from shared.web.meanings import LEFT_OUT
from shared.web.schemas import StrictSchema


class MoveChangesSchema(StrictSchema):
    """When and where it shall be; what is left out stays, `space_id` null is a place in words."""

    starts_at = UtcDateTime(required=True)
    ends_at = UtcDateTime(required=True)
    space_id = Identifier(allow_none=True)
    place = FreeText(most=TITLE_CHARS, metadata={**LEFT_OUT})
    setup_minutes = WholeNumber(least=0, most=MOST_PADDING_MINUTES)
    teardown_minutes = WholeNumber(least=0, most=MOST_PADDING_MINUTES)

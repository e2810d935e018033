"""Activities on the wire."""

from marshmallow import Schema, fields, validate

from services.events.domain.library_event import Status
from services.events.domain.plan import SPACE_KINDS, Programme
from services.events.domain.plan_rules import (
    LEAST_OFFER_MINUTES,
    MOST_CAPACITY,
    MOST_OFFER_MINUTES,
    MOST_PADDING_MINUTES,
)
from services.events.domain.room import RoomState
from services.events.queries.mine import ORDERS
from shared.web.fields import FreeText, Identifier, UtcDateTime, WholeNumber, YesNo
from shared.web.language import LANGUAGES
from shared.web.meanings import LEFT_OUT
from shared.web.paging import PageArgs, page_of
from shared.web.schemas import StrictSchema

TITLE_CHARS = 300
TEXT_CHARS = 20_000
REASON_CHARS = 500
STATUSES = tuple(status.value for status in Status)
ROOM_STATES = tuple(state.value for state in RoomState)
PROGRAMMES = tuple(programme.value for programme in Programme)
YEAR_MINUTES = 366 * 24 * 60


class PlanChangesSchema(StrictSchema):
    """Fields of a plan that may change; those left out stay as they are."""

    programme = fields.Enum(Programme, by_value=True)
    title_zh = FreeText(most=TITLE_CHARS)
    title_en = FreeText(most=TITLE_CHARS)
    description_zh = FreeText(most=TEXT_CHARS)
    description_en = FreeText(most=TEXT_CHARS)
    space_id = Identifier(allow_none=True)
    place = FreeText(most=TITLE_CHARS, metadata={**LEFT_OUT})
    library_id = Identifier(allow_none=True, metadata={**LEFT_OUT})
    space_kind = fields.String(
        allow_none=True, validate=validate.OneOf(SPACE_KINDS), metadata={**LEFT_OUT}
    )
    starts_at = UtcDateTime()
    ends_at = UtcDateTime()
    setup_minutes = WholeNumber(least=0, most=MOST_PADDING_MINUTES)
    teardown_minutes = WholeNumber(least=0, most=MOST_PADDING_MINUTES)
    capacity = WholeNumber(least=1, most=MOST_CAPACITY)
    party_limit = WholeNumber(least=1, most=MOST_CAPACITY)
    signup_opens_at = UtcDateTime(allow_none=True, metadata={**LEFT_OUT})
    signup_closes_at = UtcDateTime(allow_none=True, metadata={**LEFT_OUT})
    late_cancel_minutes = WholeNumber(least=0, most=YEAR_MINUTES)
    offer_minutes = WholeNumber(least=LEAST_OFFER_MINUTES, most=MOST_OFFER_MINUTES)
    waiting_list = YesNo()


class PlanSchema(PlanChangesSchema):
    """A plan for a new activity."""

    programme = fields.Enum(Programme, by_value=True, required=True)
    starts_at = UtcDateTime(required=True)
    ends_at = UtcDateTime(required=True)
    capacity = WholeNumber(least=1, most=MOST_CAPACITY, required=True)


class CopySchema(PlanChangesSchema):
    """What is to be different in the copy; nothing needs to be."""


class CancelSchema(StrictSchema):
    """Why it will not take place; everybody may read it."""

    reason = FreeText(most=REASON_CHARS, load_default="")


class PlacesSchema(Schema):
    """How full it is; an open offer counts as taken."""

    taken = fields.Integer(required=True)
    free = fields.Integer(required=True)
    waiting = fields.Integer(required=True, metadata={"description": "Sign-ups on the list."})


class AlternativeSchema(Schema):
    """A space and time that would have been possible."""

    space_id = fields.String(required=True)
    starts_at = fields.String(required=True)
    ends_at = fields.String(required=True)


class RoomSchema(Schema):
    """How it stands with the room; only organizer and staff see it."""

    state = fields.String(required=True)
    request_id = fields.UUID(required=True, allow_none=True)
    reservation_id = fields.UUID(required=True, allow_none=True)
    codes = fields.List(fields.String(), required=True)
    alternatives = fields.List(fields.Nested(AlternativeSchema), required=True)
    note = fields.String(required=True, allow_none=True)
    message = fields.String(required=True)
    hold_expires_at = UtcDateTime(required=True, allow_none=True)


class MoveSchema(Schema):
    """Where an activity shall be instead; until its room is granted nothing has moved."""

    space_id = fields.UUID(required=True)
    place = fields.String(required=True)
    starts_at = UtcDateTime(required=True)
    ends_at = UtcDateTime(required=True)
    setup_minutes = fields.Integer(required=True)
    teardown_minutes = fields.Integer(required=True)
    asked_at = UtcDateTime(required=True)
    state = fields.String(
        required=True, metadata={"description": "requested, refused or given_back."}
    )
    codes = fields.List(fields.String(), required=True)
    alternatives = fields.List(fields.Nested(AlternativeSchema), required=True)
    message = fields.String(required=True)


class LibraryEventSchema(Schema):
    """An activity. What only organizer and staff see is left out for others."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    status = fields.String(required=True)
    programme = fields.String(required=True)
    title = fields.String(required=True, metadata={"description": "In the language asked for."})
    title_zh = fields.String(required=True)
    title_en = fields.String(required=True)
    description_zh = fields.String(required=True)
    description_en = fields.String(required=True)
    library_id = fields.UUID(required=True)
    space_id = fields.UUID(required=True, allow_none=True)
    space_name_zh = fields.String(required=True, allow_none=True)
    space_name_en = fields.String(required=True, allow_none=True)
    space_kind = fields.String(required=True)
    place = fields.String(required=True)
    timezone = fields.String(required=True)
    starts_at = UtcDateTime(required=True)
    ends_at = UtcDateTime(required=True)
    capacity = fields.Integer(required=True)
    party_limit = fields.Integer(required=True)
    signup_opens_at = UtcDateTime(required=True, allow_none=True)
    signup_closes_at = UtcDateTime(required=True, allow_none=True)
    late_cancel_minutes = fields.Integer(required=True)
    waiting_list = fields.Boolean(required=True)
    places = fields.Nested(PlacesSchema, required=True)
    cancel_reason = fields.String(required=True)
    attendance_measured = fields.Boolean(required=True, allow_none=True)
    organizer_id = fields.UUID()
    setup_minutes = fields.Integer()
    teardown_minutes = fields.Integer()
    offer_minutes = fields.Integer()
    room = fields.Nested(RoomSchema)
    move = fields.Nested(MoveSchema, allow_none=True)


LibraryEventPageSchema = page_of(LibraryEventSchema)


class CalendarArgs(PageArgs):
    """What a visitor looks for; without `from`, what has not ended yet."""

    since = UtcDateTime(
        data_key="from",
        metadata={
            "description": "Only what ends after this instant. Left out: now, so that what is over "
            "is not listed."
        },
    )
    until = UtcDateTime(data_key="to")
    programme = fields.String(validate=validate.OneOf(PROGRAMMES))
    library_id = Identifier(data_key="library")
    space_kind = fields.String(validate=validate.OneOf(SPACE_KINDS))
    language = fields.String(validate=validate.OneOf(LANGUAGES))


class MineArgs(PageArgs):
    """What of their own activities a person looks for."""

    status = fields.String(validate=validate.OneOf(STATUSES))
    programme = fields.String(validate=validate.OneOf(PROGRAMMES))
    room = fields.String(validate=validate.OneOf(ROOM_STATES))
    words = FreeText(data_key="q", most=TITLE_CHARS, metadata={"description": "Part of a title."})
    since = UtcDateTime(
        data_key="from", metadata={"description": "Only what ends after this instant."}
    )
    until = UtcDateTime(data_key="to")
    order = fields.String(
        validate=validate.OneOf(ORDERS),
        metadata={"description": "By start: the latest first, or what comes soonest."},
    )
    own = YesNo(
        from_text=True, metadata={"description": "For staff: only what they organize themselves."}
    )


class FeedArgs(StrictSchema):
    """What a calendar program subscribes to."""

    programme = fields.String(validate=validate.OneOf(PROGRAMMES))
    library_id = Identifier(data_key="library")
    space_kind = fields.String(validate=validate.OneOf(SPACE_KINDS))
    language = fields.String(validate=validate.OneOf(LANGUAGES))

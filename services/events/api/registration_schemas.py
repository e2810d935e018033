"""Sign-ups and the waiting list on the wire."""

from marshmallow import Schema, fields, validate
from webargs.fields import DelimitedList

from services.events.domain.plan_rules import MOST_CAPACITY
from services.events.domain.registration import Status
from shared.web.fields import Identifier, UtcDateTime, WholeNumber
from shared.web.paging import PageArgs
from shared.web.schemas import StrictSchema


class SignUpSchema(StrictSchema):
    """How many come: the person included."""

    party_size = WholeNumber(least=1, most=MOST_CAPACITY, load_default=1)


class OwnRegistrationsArgs(PageArgs):
    """A person's own sign-ups, of one activity if wanted."""

    library_event_id = Identifier(data_key="library_event")


class DecisionSchema(Schema):
    """One decision of the waiting list, and why."""

    at = UtcDateTime(required=True)
    reason = fields.String(required=True)
    message = fields.String(required=True)
    numbers = fields.Dict(required=True)


class WaitingListSchema(Schema):
    """The list's account of itself."""

    position = fields.Integer(required=True, allow_none=True)
    policy = fields.String(required=True)
    rule = fields.String(required=True)
    decisions = fields.List(fields.Nested(DecisionSchema), required=True)


class ActivityOfRegistrationSchema(Schema):
    """What it was signed up for."""

    id = fields.UUID(required=True)
    status = fields.String(required=True)
    title = fields.String(required=True)
    title_zh = fields.String(required=True)
    title_en = fields.String(required=True)
    programme = fields.String(required=True)
    place = fields.String(required=True)
    space_id = fields.UUID(required=True, allow_none=True)
    starts_at = UtcDateTime(required=True)
    ends_at = UtcDateTime(required=True)
    timezone = fields.String(required=True)


class SignedUpSchema(Schema):
    """A sign-up as organizer and staff see it: an opaque person."""

    id = fields.UUID(required=True)
    library_event_id = fields.UUID(required=True)
    patron_id = fields.UUID(required=True)
    party_size = fields.Integer(required=True)
    status = fields.String(required=True)
    registered_at = UtcDateTime(required=True)
    changed_at = UtcDateTime(required=True)
    offer_expires_at = UtcDateTime(required=True, allow_none=True)
    position = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "On the waiting list, 1 is next; null when not waiting."},
    )
    version = fields.Integer(required=True)


class LastReasonSchema(Schema):
    """What the waiting list last decided about a sign-up."""

    at = UtcDateTime(required=True)
    code = fields.String(required=True)
    message = fields.String(required=True)


class ListedSchema(SignedUpSchema):
    """A sign-up in the list of those who run the activity."""

    reason = fields.Nested(LastReasonSchema, required=True, allow_none=True)
    attendance_id = fields.UUID(required=True, allow_none=True)
    attended_at = UtcDateTime(required=True, allow_none=True)


class SignUpListArgs(PageArgs):
    """Which sign-ups are wanted; without `status`, all."""

    statuses = DelimitedList(
        fields.String(validate=validate.OneOf([status.value for status in Status])),
        data_key="status",
        metadata={"description": "One status or several, separated by commas."},
    )


class RegistrationSchema(SignedUpSchema):
    """One's own sign-up, with its activity."""

    library_event = fields.Nested(ActivityOfRegistrationSchema, required=True)


class ExplainedRegistrationSchema(RegistrationSchema):
    """One's own sign-up, with everything the waiting list decided about it."""

    waiting_list = fields.Nested(WaitingListSchema, required=True)

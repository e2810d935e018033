"""Reservations on the wire."""

from marshmallow import Schema, fields, validate

from services.booking.domain.reservation import Status
from shared.web.fields import FreeText, Identifier, UtcDateTime, WholeNumber
from shared.web.meanings import LEFT_OUT
from shared.web.paging import PageArgs
from shared.web.schemas import StrictSchema

MOST_PEOPLE = 10_000
REASON_CHARS = 500
STATUSES = [status.value for status in Status]


class ReserveSchema(StrictSchema):
    """Which space, from when until when (the rules' usual length without it), how many people."""

    space_id = Identifier(required=True)
    starts_at = UtcDateTime(required=True)
    ends_at = UtcDateTime(
        metadata={"description": "Left out: after `default_minutes` of the rules in force."}
    )
    party_size = WholeNumber(least=1, most=MOST_PEOPLE, load_default=1)
    patron_id = Identifier(
        metadata={"description": "For whom, when staff ask for another person.", **LEFT_OUT}
    )
    reason = FreeText(
        most=REASON_CHARS,
        metadata={"description": "Why, when staff ask for another person.", **LEFT_OUT},
    )


class CancelArgs(StrictSchema):
    """Why; the person reads it when the staff cancel."""

    reason = FreeText(most=REASON_CHARS, load_default="")


class ChangeSchema(StrictSchema):
    """What shall be different; a new start alone keeps the length."""

    space_id = Identifier()
    starts_at = UtcDateTime(
        metadata={"description": "Without `ends_at` the end moves as well: the length stays."}
    )
    ends_at = UtcDateTime(metadata={"description": "Without `starts_at` the start stays."})
    party_size = WholeNumber(least=1, most=MOST_PEOPLE)


class CheckInSchema(StrictSchema):
    """The digits shown at the space; staff may leave them out."""

    code = FreeText(
        most=20,
        metadata={"description": "Six digits, as the space shows them.", "example": "042137"},
    )


class ReservationSchema(Schema):
    """A reservation; instants are UTC."""

    id = fields.UUID(required=True)
    library_id = fields.UUID(required=True)
    space_id = fields.UUID(required=True)
    space_type = fields.String(required=True)
    space_kind = fields.String(required=True)
    patron_id = fields.UUID(required=True)
    starts_at = UtcDateTime(required=True)
    ends_at = UtcDateTime(required=True)
    party_size = fields.Integer(required=True)
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    purpose = fields.String(required=True, validate=validate.OneOf(["patron", "activity"]))
    library_event_id = fields.UUID(required=True, allow_none=True)
    check_in_from = UtcDateTime(required=True, allow_none=True)
    check_in_until = UtcDateTime(required=True, allow_none=True)
    checked_in_at = UtcDateTime(required=True, allow_none=True)
    ended_at = UtcDateTime(required=True, allow_none=True)
    expires_at = UtcDateTime(
        required=True,
        allow_none=True,
        metadata={"description": "When a pending one lapses unless the library approves it."},
    )
    status_reason = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Why the library rejected or cancelled it."},
    )
    rule_version = fields.Integer(required=True)
    version = fields.Integer(required=True)
    created_at = UtcDateTime(required=True)
    changed_at = UtcDateTime(required=True)


class ReservationsArgs(PageArgs):
    """Whose reservations, which, and in which order of their starts."""

    whose = fields.String(
        validate=validate.OneOf(["mine", "all"]),
        load_default="mine",
        metadata={"description": "`all` is for staff: everybody's in their libraries."},
    )
    library_id = Identifier()
    space_id = Identifier()
    patron_id = Identifier(
        metadata={
            "description": "Only this person's. Another than oneself is for staff, also without "
            "`whose=all`; others have 403."
        }
    )
    status = fields.String(validate=validate.OneOf(STATUSES))
    ends_after = UtcDateTime(metadata={"description": "Only those that end after this instant."})
    starts_before = UtcDateTime(metadata={"description": "Only those that start before it."})
    order = fields.String(validate=validate.OneOf(["asc", "desc"]), load_default="asc")


class ChangeNoteSchema(Schema):
    """One line of a reservation's history; without an actor the clock did it."""

    at = UtcDateTime(required=True)
    actor = fields.UUID(required=True, allow_none=True)
    change: fields.Dict = fields.Dict(required=True)


class HistorySchema(Schema):
    """Everything that has happened to a reservation, oldest first."""

    items = fields.List(fields.Nested(ChangeNoteSchema), required=True)

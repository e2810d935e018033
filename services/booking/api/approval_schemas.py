"""Requests and their answers on the wire."""

from marshmallow import Schema, fields

from services.booking.api.schemas import REASON_CHARS, ReservationSchema
from shared.web.fields import FreeText, UtcDateTime
from shared.web.schemas import StrictSchema


class RejectionSchema(StrictSchema):
    """Why the library says no; the person reads it."""

    reason = FreeText(required=True, least=1, most=REASON_CHARS)


class RivalSchema(Schema):
    """Somebody who wants (`pending`), or has, some of the same time."""

    reservation_id = fields.UUID(required=True)
    patron_id = fields.UUID(required=True)
    starts_at = UtcDateTime(required=True)
    ends_at = UtcDateTime(required=True)
    party_size = fields.Integer(required=True)
    status = fields.String(required=True)
    created_at = UtcDateTime(required=True)


class WaitingRequestSchema(ReservationSchema):
    """A request with its rivals; one that is `taken` cannot be approved."""

    taken = fields.Boolean(required=True)
    rivals = fields.List(fields.Nested(RivalSchema), required=True)

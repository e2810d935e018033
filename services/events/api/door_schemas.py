"""Tickets at the door, on the wire."""

from marshmallow import Schema, fields, validate

from services.events.domain.door import Outcome
from shared.web.fields import FreeText, Identifier, UtcDateTime, YesNo
from shared.web.schemas import StrictSchema

MOST_SCANS = 500
TICKET_CHARS = 100


class ScanSchema(StrictSchema):
    """A ticket shown. `scan_id` is made by the scanner, a fresh one for every scan."""

    scan_id = Identifier(required=True)
    ticket_code = FreeText(required=True, least=1, most=TICKET_CHARS)
    occurred_at = UtcDateTime(metadata={"description": "By the scanner's clock; else now."})
    let_in_waiting = YesNo(
        metadata={"description": "Let the person in even if they wait for a place."}
    )


class ScansSchema(StrictSchema):
    """Scans, in the order they were made."""

    scans = fields.List(
        fields.Nested(ScanSchema), required=True, validate=validate.Length(min=1, max=MOST_SCANS)
    )


class ScannedSchema(Schema):
    """What a scan came to. Whose ticket it was is told for this activity's tickets alone."""

    scan_id = fields.UUID(required=True)
    outcome = fields.String(
        required=True, validate=validate.OneOf([outcome.value for outcome in Outcome])
    )
    message = fields.String(required=True)
    attendance_id = fields.UUID(required=True, allow_none=True)
    registration_id = fields.UUID(required=True, allow_none=True)
    patron_id = fields.UUID(required=True, allow_none=True)
    party_size = fields.Integer(required=True, allow_none=True)


class ScannedListSchema(Schema):
    """One answer for each scan, in the order they were sent."""

    items = fields.List(fields.Nested(ScannedSchema), required=True)


class TicketSchema(Schema):
    """A person's own ticket; `code` is also the text of its QR code."""

    registration_id = fields.UUID(required=True)
    library_event_id = fields.UUID(required=True)
    code = fields.String(required=True)
    status = fields.String(required=True)
    admits = fields.Boolean(
        required=True, metadata={"description": "False while the person waits for a place."}
    )
    party_size = fields.Integer(required=True)

"""Libraries, floors, zones and spaces on the wire. Names always come in both languages."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.booking.domain.space import MOST_PLACES, SPACE_KINDS, SPACE_TYPES
from shared.web.fields import FreeText, Identifier, WholeNumber, YesNo
from shared.web.paging import PageArgs
from shared.web.schemas import StrictSchema

CODE_CHARS = 64
NAME_CHARS = 200
REASON_CHARS = 500
MOST_FEATURES = 50
MOST_FILE_CHARS = 500_000
FARTHEST_DECIMETRE = 1_000_000
WORD = validate.Regexp(r"^[a-z0-9][a-z0-9_-]{0,39}\Z")


class NamedSchema(StrictSchema):
    """A code that staff use, and the names that people read."""

    code = FreeText(
        required=True,
        least=1,
        most=CODE_CHARS,
        metadata={"description": "What staff call it.", "example": "S-301"},
    )
    name_zh = FreeText(required=True, least=1, most=NAME_CHARS)
    name_en = FreeText(required=True, least=1, most=NAME_CHARS)


class LibraryBodySchema(NamedSchema):
    """How a library shall be; `timezone` is an IANA name such as Asia/Shanghai."""

    timezone = FreeText(required=True, least=1, most=64)


class FloorBodySchema(NamedSchema):
    """How a floor shall be; `level` orders floors from the ground up."""

    level = WholeNumber(required=True, least=-100, most=1000)


class ZoneBodySchema(NamedSchema):
    """How a zone shall be."""

    floor_id = Identifier(required=True)
    quiet = YesNo(load_default=False)


class PlanSchema(StrictSchema):
    """Where a space lies on its floor's plan, in decimetres from the north-west corner."""

    x = WholeNumber(required=True, least=0, most=FARTHEST_DECIMETRE)
    y = WholeNumber(required=True, least=0, most=FARTHEST_DECIMETRE)
    width = WholeNumber(required=True, least=0, most=FARTHEST_DECIMETRE)
    height = WholeNumber(required=True, least=0, most=FARTHEST_DECIMETRE)


class SpaceBodySchema(NamedSchema):
    """How a space shall be."""

    zone_id = Identifier(required=True)
    space_type = fields.String(required=True, validate=validate.OneOf(SPACE_TYPES))
    space_kind = fields.String(required=True, validate=validate.OneOf(SPACE_KINDS))
    capacity = WholeNumber(required=True, least=1, most=MOST_PLACES)
    features = fields.List(
        fields.String(validate=WORD),
        load_default=list,
        validate=validate.Length(max=MOST_FEATURES),
    )
    accessible = YesNo(load_default=False)
    plan = fields.Nested(PlanSchema, load_default=None, allow_none=True)


class UseSchema(StrictSchema):
    """Whether a space is in use; out of use needs a reason that people can read."""

    in_use = YesNo(required=True, metadata={"example": False})
    because = FreeText(least=1, most=REASON_CHARS)

    @validates_schema
    def _reason_is_given(self, body: dict[str, Any], **_: Any) -> None:
        if not body["in_use"] and "because" not in body:
            raise ValidationError("Missing data for required field.", "because")


class PlaceSchema(Schema):
    """What every place shows."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    name_zh = fields.String(required=True)
    name_en = fields.String(required=True)
    version = fields.Integer(required=True)


class LibrarySchema(PlaceSchema):
    """A library."""

    timezone = fields.String(required=True)


class FloorSchema(PlaceSchema):
    """A floor."""

    library_id = fields.UUID(required=True)
    level = fields.Integer(required=True)


class ZoneSchema(PlaceSchema):
    """A zone of a floor."""

    library_id = fields.UUID(required=True)
    floor_id = fields.UUID(required=True)
    quiet = fields.Boolean(required=True)


class ShownPlanSchema(Schema):
    """Where a space lies on its floor's plan, in decimetres."""

    x = fields.Integer(required=True)
    y = fields.Integer(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)


class SpaceSchema(PlaceSchema):
    """A room, a seat or a machine."""

    library_id = fields.UUID(required=True)
    zone_id = fields.UUID(required=True)
    space_type = fields.String(required=True)
    space_kind = fields.String(required=True)
    capacity = fields.Integer(required=True)
    features = fields.List(fields.String(), required=True)
    accessible = fields.Boolean(required=True)
    plan = fields.Nested(ShownPlanSchema, required=True, allow_none=True)
    in_use = fields.Boolean(required=True)
    out_of_use_because = fields.String(required=True, allow_none=True)


class SpacesFileSchema(StrictSchema):
    """A CSV file (RFC 4180) as text, its first line naming the columns."""

    csv = FreeText(required=True, least=1, most=MOST_FILE_CHARS)


class ImportedSpaceSchema(Schema):
    """What became of a row, its line counted as a text editor does."""

    line = fields.Integer(required=True)
    code = fields.String(required=True)
    outcome = fields.String(required=True)
    reasons = fields.List(fields.String(), required=True)


class SpacesReportSchema(Schema):
    """How many rows had each outcome, and every row."""

    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    rows = fields.List(fields.Nested(ImportedSpaceSchema), required=True)


class CheckInCodeSchema(Schema):
    """The digits shown at a space now, and for how many seconds they are still shown."""

    code = fields.String(required=True)
    seconds_left = fields.Integer(required=True)


class SpaceFilterArgs(StrictSchema):
    """Which spaces."""

    floor_id = Identifier()
    zone_id = Identifier()
    space_type = fields.String(validate=validate.OneOf(SPACE_TYPES))
    space_kind = fields.String(validate=validate.OneOf(SPACE_KINDS))
    features = FreeText(
        most=500, metadata={"description": "All of these, separated by commas: whiteboard,power."}
    )
    accessible = YesNo(from_text=True)
    quiet = YesNo(from_text=True)


class SpaceListArgs(SpaceFilterArgs, PageArgs):
    """Which spaces, and which page of them."""

    library_id = Identifier()
    least_capacity = WholeNumber(least=1, most=MOST_PLACES, from_text=True, load_default=1)
    in_use = YesNo(from_text=True)

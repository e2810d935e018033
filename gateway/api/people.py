"""The directory, for those who work with people: names and numbers, nothing else."""

from typing import Any

import marshmallow
from marshmallow import fields, validate
from webargs.fields import DelimitedList

from gateway.domain.account import LONGEST_TEXT
from gateway.parts import current_parts
from gateway.queries.people import (
    DIRECTORY_ROLES,
    MOST_FOUND,
    MOST_IDS,
    SHORTEST_BEGINNING,
    people_beginning,
    people_by_ids,
)
from shared.web.blueprint import Blueprint
from shared.web.fields import FreeText, Identifier
from shared.web.identity import current_identity, requires
from shared.web.schemas import StrictSchema

blueprint = Blueprint("people", __name__, url_prefix="/people")


class PeopleArgs(StrictSchema):
    """Either ids or the beginning of a name or number."""

    ids = DelimitedList(
        Identifier(),
        validate=validate.Length(min=1, max=MOST_IDS),
        metadata={"description": f"Up to {MOST_IDS} ids, separated by commas."},
    )
    q = FreeText(
        least=SHORTEST_BEGINNING,
        most=LONGEST_TEXT,
        metadata={
            "description": "How a number or a name begins, family or given name first; "
            f"at most {MOST_FOUND} people are answered.",
            "example": "Wang",
            "x-in-example": True,
        },
    )

    @marshmallow.validates_schema
    def either_or(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a question with both, or with neither."""
        if len(data) != 1:
            msg = "Give either ids or q."
            raise marshmallow.ValidationError(msg)


class PersonSchema(StrictSchema):
    """A person, as those who work with people see them."""

    patron_id = fields.UUID(required=True)
    display_name = fields.String(
        required=True, metadata={"description": "In the order its bearer uses."}
    )
    number = fields.String(required=True, allow_none=True)


class PeopleSchema(StrictSchema):
    """Those who were found; ids nobody has are left out."""

    items = fields.List(fields.Nested(PersonSchema), required=True)


@blueprint.route("", methods=["GET"])
@requires(*DIRECTORY_ROLES)
@blueprint.arguments(PeopleArgs, location="query")
@blueprint.response(200, PeopleSchema)
def list_people(args: dict[str, Any]) -> dict[str, Any]:
    """Find out who ids are, or find people by the beginning of a name or number."""
    engine, asked_by = current_parts().engine, current_identity().patron_id
    if "ids" in args:
        return {"items": people_by_ids(engine, set(args["ids"]), asked_by=asked_by)}
    return {"items": people_beginning(engine, args["q"].strip(), asked_by=asked_by)}

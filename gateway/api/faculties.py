"""The names of faculties: everybody reads them, staff and administrators give them."""

from dataclasses import asdict
from typing import Any

from marshmallow import fields

from gateway.commands.name_faculty import NameFaculty, name_faculty
from gateway.domain.faculty import CODE_LENGTH, NAME_LENGTH, Faculty
from gateway.parts import current_parts
from gateway.queries.faculties import faculties
from shared.web.blueprint import Blueprint
from shared.web.fields import FreeText
from shared.web.identity import requires
from shared.web.schemas import StrictSchema

blueprint = Blueprint("faculties", __name__, url_prefix="/faculties")


class FacultyBodySchema(StrictSchema):
    """The code people are imported with, and the names to show for it."""

    code = FreeText(required=True, least=1, most=CODE_LENGTH)
    name_zh = FreeText(required=True, least=1, most=NAME_LENGTH)
    name_en = FreeText(required=True, least=1, most=NAME_LENGTH)


class FacultySchema(StrictSchema):
    """A faculty that has names."""

    code = fields.String(required=True)
    name_zh = fields.String(required=True)
    name_en = fields.String(required=True)


class FacultyListSchema(StrictSchema):
    """All of them; there are few, so they come in one piece."""

    items = fields.List(fields.Nested(FacultySchema), required=True)


@blueprint.route("", methods=["GET"])
@blueprint.response(200, FacultyListSchema)
def list_faculties() -> dict[str, Any]:
    """List the faculties that have names, by code."""
    return {"items": [asdict(one) for one in faculties(current_parts().engine)]}


@blueprint.route("", methods=["PUT"])
@requires("staff", "admin")
@blueprint.arguments(FacultyBodySchema)
@blueprint.response(200, FacultySchema)
def put(body: dict[str, Any]) -> dict[str, Any]:
    """Name a faculty, or name it anew; people keep their faculty's code."""
    faculty = Faculty(**body)
    name_faculty(NameFaculty(faculty), uow=current_parts().uow())
    return asdict(faculty)

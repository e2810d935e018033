"""Import people from the student system's file, and read the reports."""

from collections.abc import Mapping
from contextlib import closing
from typing import Any
from uuid import UUID

from flask import request
from flask_smorest.fields import Upload
from marshmallow import fields, validate

from gateway.commands.import_people import ImportPeople, import_people
from gateway.domain.people_file import MOST_BYTES
from gateway.domain.people_import import OUTCOMES
from gateway.parts import current_parts
from gateway.queries.imports import import_report, import_rows, recent_imports
from shared.web.blueprint import Blueprint
from shared.web.fields import UtcDateTime
from shared.web.identity import current_identity, requires
from shared.web.paging import PageArgs, make_cursor, page, page_of, read_cursor
from shared.web.problems import worded
from shared.web.schemas import StrictSchema

blueprint = Blueprint("imports", __name__, url_prefix="/imports")
FORM_OVERHEAD_BYTES = 64 * 1024


class PeopleFileSchema(StrictSchema):
    """A form with one file."""

    file = Upload(
        required=True,
        metadata={
            "description": "CSV, UTF-8, comma or semicolon, first line: column names. Needed: "
            "number, family_name, given_name, faculty, level, none of them empty; but who has one "
            "name has it in either of the two. Possible: mail, study_year, role, patron_class, "
            "language, login, name_order, active."
        },
    )


class ImportSchema(StrictSchema):
    """What became of an import, in numbers of rows."""

    import_id = fields.UUID(required=True)
    imported_by = fields.UUID(required=True, allow_none=True)
    file_name = fields.String(required=True)
    imported_at = UtcDateTime(required=True)
    created = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    refused = fields.Integer(required=True)


class RowReasonSchema(StrictSchema):
    """Why a row was refused, and which column is to blame."""

    column = fields.String(required=True)
    code = fields.String(required=True)
    message = fields.String(required=True)


class ImportRowSchema(StrictSchema):
    """What became of one row."""

    line = fields.Integer(required=True)
    number = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    patron_id = fields.UUID(required=True, allow_none=True)
    reasons = fields.List(fields.Nested(RowReasonSchema), required=True)


class ImportRowArgs(PageArgs):
    """Which rows."""

    outcome = fields.String(validate=validate.OneOf(OUTCOMES), load_default=None)


@blueprint.before_request
def _allow_larger_files() -> None:
    request.max_content_length = MOST_BYTES + FORM_OVERHEAD_BYTES


@blueprint.route("", methods=["POST"])
@requires("admin")
@blueprint.arguments(PeopleFileSchema, location="files")
@blueprint.response(201, ImportSchema)
def import_file(files: dict[str, Any]) -> Mapping[str, Any]:
    """Import a file: good rows are applied, bad ones named; doing it again changes nothing."""
    parts = current_parts()
    upload = files["file"]
    with closing(upload):
        content = upload.read()
    wanted = ImportPeople(
        content=content,
        file_name=(upload.filename or "").replace("\x00", ""),
        imported_by=current_identity().patron_id,
    )
    report = import_people(wanted, uow=parts.uow(), clock=parts.clock)
    return import_report(parts.engine, report.import_id)


@blueprint.route("", methods=["GET"])
@requires("admin")
@blueprint.arguments(PageArgs, location="query")
@blueprint.response(200, page_of(ImportSchema))
def list_imports(args: dict[str, Any]) -> dict[str, Any]:
    """List imports, newest first."""
    place = read_cursor(args.get("cursor"), UUID)
    before = place[0] if place else None
    found = recent_imports(current_parts().engine, before=before, limit=args["limit"] + 1)
    items = found[: args["limit"]]
    more = len(found) > len(items)
    return page(items, make_cursor(items[-1]["import_id"]) if more else None)


@blueprint.route("/<uuid:import_id>", methods=["GET"])
@requires("admin")
@blueprint.response(200, ImportSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def one_import(import_id: UUID) -> Mapping[str, Any]:
    """Read an import's numbers."""
    return import_report(current_parts().engine, import_id)


@blueprint.route("/<uuid:import_id>/rows", methods=["GET"])
@requires("admin")
@blueprint.arguments(ImportRowArgs, location="query")
@blueprint.response(200, page_of(ImportRowSchema))
@blueprint.alt_response(404, response="NOT_FOUND")
def list_rows(args: dict[str, Any], import_id: UUID) -> dict[str, Any]:
    """Read what became of each row, in the file's order."""
    engine = current_parts().engine
    import_report(engine, import_id)  # 404 for an import that never was
    place = read_cursor(args.get("cursor"), int)
    found = import_rows(
        engine,
        import_id,
        outcome=args["outcome"],
        after_line=place[0] if place else 0,
        limit=args["limit"] + 1,
    )
    items = [_shown(row) for row in found[: args["limit"]]]
    more = len(found) > len(items)
    return page(items, make_cursor(items[-1]["line"]) if more else None)


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    reasons = [
        {
            "column": violation["numbers"].get("field", ""),
            "code": violation["code"],
            "message": worded(violation["code"], violation["numbers"]),
        }
        for violation in row["violations"]
    ]
    return {**row, "reasons": reasons}

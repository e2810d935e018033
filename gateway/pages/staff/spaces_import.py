"""Spaces from a file: send it, read what became of each row."""

from contextlib import closing

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.pages import services, visitor
from gateway.pages.answers import form_key
from gateway.pages.codes import space_kinds, space_types
from gateway.pages.language import gettext as _
from gateway.pages.staff.at_work import STAFF_ROLES, my_libraries, my_library

blueprint = Blueprint("staff_spaces_import", __name__, url_prefix="/staff/spaces/import")
COLUMNS = (
    "code",
    "name_zh",
    "name_en",
    "zone",
    "space_type",
    "space_kind",
    "capacity",
    "features",
    "accessible",
)


@blueprint.get("")
@visitor.signed_in(*STAFF_ROLES)
def form() -> ResponseReturnValue:
    """Show which columns a file has, and the zones it can name."""
    return _page(None)


@blueprint.post("")
@visitor.signed_in(*STAFF_ROLES)
def send() -> ResponseReturnValue:
    """Take the file over."""
    library, upload = my_library(), request.files.get("file")
    if upload is None or not upload.filename:
        return redirect(url_for(".form", library=library["id"]))
    with closing(upload):
        text = upload.read().decode("utf-8", errors="replace").replace("\x00", "")
    try:
        report = services.spaces().import_file(library["id"], text, key=form_key())
    except ApiProblem as problem:
        return _page(problem)
    return render_template(
        "staff/spaces_import_report.html",
        library=library,
        report=report,
        outcomes=outcome_names(),
    )


def outcome_names() -> dict[str, str]:
    """Return the words for what becomes of a row."""
    return {
        "added": _("Added"),
        "changed": _("Changed"),
        "unchanged": _("As it was"),
        "refused": _("Left out"),
    }


def _page(problem: ApiProblem | None) -> ResponseReturnValue:
    library = my_library()
    page = render_template(
        "staff/spaces_import.html",
        library=library,
        libraries=my_libraries(),
        columns=COLUMNS,
        choices=[
            ("zone", [zone["code"] for zone in services.closures().zones(library["id"])]),
            ("space_type", space_types()),
            ("space_kind", space_kinds()),
            ("features", ["whiteboard;power"]),
            ("accessible", ["yes"]),
        ],
        problem=problem,
    )
    return page, problem.page_status if problem else 200

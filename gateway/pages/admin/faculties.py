"""Faculties: what each code of the student system is called."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.commands.name_faculty import NameFaculty, name_faculty
from gateway.domain.faculty import CODE_LENGTH, NAME_LENGTH, Faculty
from gateway.pages import visitor
from gateway.pages.language import gettext as _
from gateway.pages.refusals import done_or_problem
from gateway.parts import current_parts
from gateway.queries.faculties import faculties, unnamed_codes

blueprint = Blueprint("admin_faculties", __name__, url_prefix="/admin/faculties")


@blueprint.get("")
@visitor.signed_in("admin")
def named() -> str:
    """Show the faculties that have names, those that have none, and the form for one."""
    code = request.args.get("code", "").replace("\x00", "")[:CODE_LENGTH]
    return _page(code, None)


@blueprint.post("")
@visitor.signed_in("admin")
def name() -> ResponseReturnValue:
    """Name a faculty, or name it anew."""
    faculty = Faculty(**{name: _typed(name) for name in labels()})
    parts = current_parts()

    def keep() -> bool:
        name_faculty(NameFaculty(faculty), uow=parts.uow())
        return True

    _kept, problem = done_or_problem(keep, labels())
    if problem is not None:
        return _page(faculty.code, problem, faculty), problem.page_status
    flash(_("Kept."), "good")
    return redirect(url_for(".named"))


def _typed(name: str) -> str:
    return request.form.get(name, "").replace("\x00", "").strip()


def labels() -> dict[str, str]:
    """Return what the form calls its fields."""
    return {
        "code": _("Code in the student system"),
        "name_zh": _("Name in Chinese"),
        "name_en": _("Name in English"),
    }


def _page(code: str, problem: ApiProblem | None, typed: Faculty | None = None) -> str:
    engine = current_parts().engine
    known = faculties(engine)
    present = next((one for one in known if one.code == code), None)
    return render_template(
        "admin/faculties.html",
        faculties=known,
        unnamed=unnamed_codes(engine),
        shown=typed or present or Faculty(code=code, name_zh="", name_en=""),
        problem=problem,
        labels=labels(),
        most={"code": CODE_LENGTH, "name": NAME_LENGTH},
    )

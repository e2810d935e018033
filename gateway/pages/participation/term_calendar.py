"""Terms: the weeks a library thinks in, kept by those who read its figures."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.pages import services, visitor
from gateway.pages.language import gettext as _
from gateway.pages.participation.question import terms
from gateway.pages.refusals import about_fields
from gateway.pages.staff.at_work import doing, my_libraries, my_library
from gateway.pages.wording import today

blueprint = Blueprint("term_calendar", __name__, url_prefix="/figures/terms")
Json = dict[str, Any]
LONGEST = 200


@blueprint.get("")
@visitor.signed_in(*visitor.FIGURE_ROLES)
def calendar() -> str:
    """Show a library's terms, and the form for one."""
    library = my_library()
    code = request.args.get("term", "")
    present = next((one for one in terms(library) if one["code"] == code), {})
    return _page(library, {name: str(present.get(name, "")) for name in labels()}, None)


@blueprint.post("")
@visitor.signed_in(*visitor.FIGURE_ROLES)
def keep() -> ResponseReturnValue:
    """Keep a term; one of the same code is replaced."""
    library = my_library()
    typed = {name: _typed(name) for name in labels()}
    body = {name: text for name, text in typed.items() if name != "code"}
    try:
        services.engagement().keep_term(library["id"], _code(), body)
    except ApiProblem as problem:
        return _page(library, typed, about_fields(problem, labels())), problem.page_status
    flash(_("Kept."), "good")
    return redirect(url_for(".calendar", library=library["id"]))


@blueprint.post("/remove")
@visitor.signed_in(*visitor.FIGURE_ROLES)
def remove() -> ResponseReturnValue:
    """Forget a term; figures stay as they are."""
    library = my_library()
    back = url_for(".calendar", library=library["id"])
    return doing(
        lambda: services.engagement().drop_term(library["id"], _code()),
        _("The term is gone."),
        back,
    )


def labels() -> dict[str, str]:
    """Return what the form calls its fields."""
    return {
        "code": _("Code"),
        "name_zh": _("Name in Chinese"),
        "name_en": _("Name in English"),
        "from": _("First day, a Monday"),
        "to": _("Last day, a Sunday"),
    }


def _code() -> str:
    """Return what was typed as one step of a path; what cannot be a code is refused as such."""
    return _typed("code").replace("/", " ") or " "


def _typed(name: str) -> str:
    return request.form.get(name, "").replace("\x00", "").strip()[:LONGEST]


def _page(library: Json, typed: dict[str, str], problem: ApiProblem | None) -> str:
    return render_template(
        "participation/terms.html",
        library=library,
        libraries=my_libraries(),
        terms=terms(library)[::-1],
        typed=typed,
        labels=labels(),
        this_day=today(library["timezone"]).isoformat(),
        problem=problem,
    )

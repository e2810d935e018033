"""Closures: what is closed, whom a new one would touch, close, open again."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.pages import services, visitor
from gateway.pages.answers import day, form_key
from gateway.pages.language import gettext as _
from gateway.pages.people_directory import names_of
from gateway.pages.refusals import about_fields
from gateway.pages.staff.at_work import (
    STAFF_ROLES,
    back_to,
    doing,
    my_libraries,
    my_library,
)
from gateway.pages.staff.scopes import scope_names, scope_options
from gateway.pages.wording import today

blueprint = Blueprint("staff_closures", __name__, url_prefix="/staff/closures")
FIELDS = ("scope", "first_day", "last_day", "opens", "closes", "name_zh", "name_en")
Json = dict[str, Any]


@blueprint.get("")
@visitor.signed_in(*STAFF_ROLES)
def closures() -> ResponseReturnValue:
    """List the closures, and the form for another."""
    return _page({"first_day": today(my_library()["timezone"]).isoformat()}, None)


@blueprint.post("/look")
@visitor.signed_in(*STAFF_ROLES)
def look() -> ResponseReturnValue:
    """Show whom the closure would touch before anything is closed."""
    return _about_to_close(None)


@blueprint.post("/close")
@visitor.signed_in(*STAFF_ROLES)
def close() -> ResponseReturnValue:
    """Close, having seen whom it touches."""
    library = my_library()
    try:
        services.closures().close(library["id"], _said(), key=form_key())
    except ApiProblem as problem:
        return _page(_sent(), about_fields(problem, labels()))
    return redirect(url_for(".closures", library=library["id"]))


@blueprint.post("/<uuid:closure_id>/undo")
@visitor.signed_in(*STAFF_ROLES)
def undo(closure_id: UUID) -> ResponseReturnValue:
    """Open again."""
    return doing(
        lambda: services.closures().undo(str(closure_id)),
        _("Open again. What was cancelled stays cancelled: people were told."),
        back_to(url_for(".closures")),
    )


def _about_to_close(problem: ApiProblem | None) -> ResponseReturnValue:
    library, sent = my_library(), _sent()
    try:
        report = services.closures().look(library["id"], _said(), key=form_key())
    except ApiProblem as refused:
        return _page(sent, about_fields(refused, labels()))
    personal = [one for one in report["affected"] if one["purpose"] == "patron"]
    return render_template(
        "staff/closure_look.html",
        library=library,
        sent=sent,
        closure=_closure(),
        scope=scope_names(library).get(sent["scope"], ""),
        report=report,
        places=services.places(),
        names=names_of(one["patron_id"] for one in personal),
        problem=problem,
    )


def _page(sent: Json, problem: ApiProblem | None) -> ResponseReturnValue:
    library = my_library()
    page = render_template(
        "staff/closures.html",
        library=library,
        libraries=my_libraries(),
        closures=services.closures().closures(library["id"])[::-1],
        scopes=scope_options(library),
        scope_names=scope_names(library),
        sent={name: sent.get(name, "") for name in FIELDS},
        problem=problem,
    )
    return page, problem.page_status if problem else 200


def _sent() -> dict[str, str]:
    return {name: request.form.get(name, "").strip()[:200] for name in FIELDS}


def labels() -> dict[str, str]:
    """Return what the form calls the fields the service may complain of."""
    return {
        "first_day": _("First day"),
        "last_day": _("Last day"),
        "name_zh": _("Why, in Chinese"),
        "name_en": _("Why, in English"),
        "spans.0.opens": _("Open from"),
        "spans.0.closes": _("until"),
    }


def _said() -> Json:
    """Return the closure; raises ApiProblem where nobody could tell people why."""
    closure = _closure()
    if not closure["name_zh"]:
        why = _("Please fill in “Why, in Chinese” or “Why, in English”: people read it.")
        raise ApiProblem(422, {"code": "closure_without_reason", "detail": why})
    return closure


def _closure() -> Json:
    """Return the closure as the service takes it; what is wrong with it the service says."""
    sent, library = _sent(), my_library()
    scope_type, _slash, scope_id = sent["scope"].partition("/")
    first = day("first_day", today(library["timezone"]))
    open_then = [{"opens": sent["opens"], "closes": sent["closes"]}]
    return {
        "scope_type": scope_type or "library",
        "scope_id": scope_id or library["id"],
        "first_day": first.isoformat(),
        "last_day": day("last_day", first).isoformat(),
        "name_zh": sent["name_zh"] or sent["name_en"],
        "name_en": sent["name_en"] or sent["name_zh"],
        "spans": open_then if sent["opens"] and sent["closes"] else [],
    }

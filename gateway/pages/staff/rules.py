"""Rules in plain language: what holds, change it, see whom the change touches, publish."""

from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.pages import services, visitor
from gateway.pages.answers import form_key, values
from gateway.pages.codes import space_types
from gateway.pages.language import gettext as _
from gateway.pages.staff import rule_forms
from gateway.pages.staff.at_work import STAFF_ROLES, my_libraries, my_library
from gateway.pages.staff.rule_sentences import (
    changed_sentences,
    patron_classes,
    rule_names,
    sentences,
)
from gateway.pages.staff.scopes import scope_names
from gateway.parts import current_parts

blueprint = Blueprint("staff_rules", __name__, url_prefix="/staff/rules")
Json = dict[str, Any]
TRIED_DAYS = 28


@blueprint.get("")
@visitor.signed_in(*STAFF_ROLES)
def rules() -> str:
    """Show every rulebook in force, the widest scope first."""
    library = my_library()
    names = _scopes(library)
    books = [one for one in _in_force(library) if _key(one)[0] in names]
    order = list(names)
    books.sort(key=lambda one: (order.index(_key(one)[0]), _key(one)[1]))
    return render_template(
        "staff/rules.html",
        library=library,
        libraries=my_libraries(),
        books=[(one, _key(one), sentences(one["body"])) for one in books],
        scopes=names,
        classes=patron_classes(),
    )


@blueprint.get("/edit")
@visitor.signed_in(*STAFF_ROLES)
def edit() -> ResponseReturnValue:
    """Show the form with what holds now for a scope and a class of people."""
    return _form(_present()["body"], None)


@blueprint.post("/look")
@visitor.signed_in(*STAFF_ROLES)
def look() -> ResponseReturnValue:
    """Show what the change says, and whom it would touch."""
    library, present = my_library(), _present()
    body = rule_forms.read(present["body"])
    draft = _draft(body)
    try:
        found = services.rules().preview({**draft, "days": TRIED_DAYS})
    except ApiProblem as problem:
        return _form(body, rule_forms.named(problem))
    new, gone = changed_sentences(present["body"], body)
    return render_template(
        "staff/rules_look.html",
        library=library,
        scopes=_scopes(library),
        classes=patron_classes(),
        rule_names=rule_names(),
        where=_where(),
        shown=rule_forms.shown(body),
        new=new,
        gone=gone,
        found=found,
    )


@blueprint.post("/publish")
@visitor.signed_in(*STAFF_ROLES)
def publish() -> ResponseReturnValue:
    """Publish the next version."""
    body = rule_forms.read(_present()["body"])
    try:
        made = services.rules().publish(_draft(body), key=form_key())
    except ApiProblem as problem:
        return _form(body, rule_forms.named(problem))
    flash(_("Published as version %(version)s.", version=made["version"]), "good")
    return redirect(url_for(".rules", library=my_library()["id"]))


@blueprint.get("/history")
@visitor.signed_in(*STAFF_ROLES)
def history() -> str:
    """Show every version of one rulebook with what it changed, newest first."""
    library, where = my_library(), _where()
    versions = [
        one
        for one in services.rules().rulebooks(library["id"])
        if _key(one) == (where["scope"], where["class"])
    ]
    versions.sort(key=lambda one: int(one["version"]))
    befores = [None, *(one["body"] for one in versions)]
    told = [
        (one, *changed_sentences(before, one["body"]))
        for before, one in zip(befores, versions, strict=False)
    ]
    return render_template(
        "staff/rules_history.html",
        library=library,
        scopes=_scopes(library),
        classes=patron_classes(),
        where=where,
        versions=told[::-1],
    )


def _form(body: Json, problem: ApiProblem | None) -> ResponseReturnValue:
    library = my_library()
    page = render_template(
        "staff/rules_edit.html",
        library=library,
        scopes=_scopes(library),
        classes=patron_classes(),
        where=_where(),
        groups=rule_forms.groups(),
        shown=rule_forms.shown(body),
        problem=problem,
    )
    return page, problem.page_status if problem else 200


def _scopes(library: Json) -> dict[str, str]:
    """Return what rules can be about: as hours, and every space of one type."""
    names = scope_names(library)
    first, *rest = names.items()
    types = {f"space_type/{code}": name for code, name in space_types().items()}
    return dict([first, *types.items(), *rest])


def _where() -> dict[str, str]:
    """Return the scope and class the page is about; nonsense becomes everybody everywhere."""
    library = my_library()
    scope, patron_class = values().get("scope", ""), values().get("class", "")
    return {
        "scope": scope if scope in _scopes(library) else f"library/{library['id']}",
        "class": patron_class if patron_class in patron_classes() else "",
    }


def _present() -> Json:
    """Return the rulebook in force where the page is about, or one with the usual numbers."""
    where = _where()
    wanted = (where["scope"], where["class"])
    usual = {"body": dict(rule_forms.USUAL)}
    return next((one for one in _in_force(my_library()) if _key(one) == wanted), usual)


def _in_force(library: Json) -> list[Json]:
    now = current_parts().clock.now()
    newest: dict[tuple[str, str], Json] = {}
    for one in services.rules().rulebooks(library["id"]):
        known = newest.get(_key(one))
        begun = datetime.fromisoformat(one["valid_from"]) <= now
        if begun and (known is None or known["version"] < one["version"]):
            newest[_key(one)] = one
    return list(newest.values())


def _key(book: Json) -> tuple[str, str]:
    return f"{book['scope_type']}/{book['scope_id']}", book["patron_class"] or ""


def _draft(body: Json) -> Json:
    where = _where()
    scope_type, _slash, scope_id = where["scope"].partition("/")
    return {
        "library_id": my_library()["id"],
        "scope_type": scope_type,
        "scope_id": scope_id,
        "patron_class": where["class"] or None,
        "body": body,
    }

"""People: find them, give them roles, open and close their accounts, admit one by hand."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.commands.change_account import (
    ChangeActive,
    ChangeRoles,
    change_active,
    change_roles,
)
from gateway.commands.change_password import ResetPassword, reset_password
from gateway.commands.create_account import CreateAccount, create_account
from gateway.domain import vocabulary
from gateway.domain.account import SHORTEST_PASSWORD, Account
from gateway.pages import answers, services, visitor
from gateway.pages.admin.words import role_words
from gateway.pages.codes import levels
from gateway.pages.faculty_names import faculty_names
from gateway.pages.language import gettext as _
from gateway.pages.refusals import done_or_problem
from gateway.pages.settings import passwords_are_kept_here
from gateway.parts import current_parts
from gateway.queries.accounts import AccountSearch, account_by_id, find_accounts

blueprint = Blueprint("admin_people", __name__, url_prefix="/admin/people")
PAGE = 30
LONGEST = 200


@blueprint.get("")
@visitor.signed_in("admin")
def people() -> str:
    """Find people by words and role."""
    role = answers.one_of("role", vocabulary.ROLES)
    state = answers.one_of("state", ("open", "closed"))
    text = request.args.get("q", "").replace("\x00", "")[:LONGEST]
    found = find_accounts(
        current_parts().engine,
        AccountSearch(text=text, role=role or None, active=_open(state)),
        after=answers.identifier("after"),
        limit=PAGE + 1,
    )
    shown = found[:PAGE]
    return render_template(
        "admin/people.html",
        people=shown,
        next_after=shown[-1].patron_id if len(found) > PAGE else None,
        asked={"q": text, "role": role, "state": state},
        roles=role_words(),
    )


@blueprint.get("/<uuid:patron_id>")
@visitor.signed_in("admin")
def person(patron_id: UUID) -> str:
    """Show one person, and what they may do."""
    return _person(account_by_id(current_parts().engine, patron_id))


@blueprint.post("/<uuid:patron_id>/roles")
@visitor.signed_in("admin")
def set_roles(patron_id: UUID) -> ResponseReturnValue:
    """Give and take roles."""
    parts = current_parts()
    everywhere = request.form.get("everywhere") == "yes"
    libraries = frozenset(filter(None, map(_uuid, request.form.getlist("libraries"))))
    wanted = ChangeRoles(
        patron_id=patron_id,
        roles=frozenset(request.form.getlist("roles")),
        libraries=None if everywhere else libraries,
        changed_by=visitor.current_account().patron_id,
        expected_version=answers.whole_number("version", 0),
    )
    done = done_or_problem(lambda: change_roles(wanted, uow=parts.uow(), clock=parts.clock))
    return _after(patron_id, done, _("Kept. Their sessions have ended; they sign in again."))


@blueprint.post("/<uuid:patron_id>/active")
@visitor.signed_in("admin")
def set_active(patron_id: UUID) -> ResponseReturnValue:
    """Open or close an account."""
    parts = current_parts()
    wanted = ChangeActive(
        patron_id=patron_id,
        active=request.form.get("active") == "yes",
        changed_by=visitor.current_account().patron_id,
        expected_version=answers.whole_number("version", 0),
    )
    done = done_or_problem(lambda: change_active(wanted, uow=parts.uow(), clock=parts.clock))
    said = _("The account is open.") if wanted.active else _("The account is closed.")
    return _after(patron_id, done, said)


@blueprint.post("/<uuid:patron_id>/password")
@visitor.signed_in("admin")
def set_first_password(patron_id: UUID) -> ResponseReturnValue:
    """Give a person a password in the place of a forgotten one, or of none."""
    parts = current_parts()
    wanted = ResetPassword(
        patron_id=patron_id,
        wanted=request.form.get("password", "")[:1000],
        reset_by=visitor.current_account().patron_id,
    )
    done = done_or_problem(lambda: reset_password(wanted, uow=parts.uow(), clock=parts.clock))
    return _after(patron_id, done, _("The password is set, and their sessions have ended."))


@blueprint.get("/new")
@visitor.signed_in("admin")
def new() -> str:
    """Show the form for a person to be admitted by hand."""
    return _new_form({}, None)


@blueprint.post("/new")
@visitor.signed_in("admin")
def admit() -> ResponseReturnValue:
    """Give a person an account."""
    parts = current_parts()
    form = request.form
    typed = {name: form.get(name, "").strip() for name in NEW_FIELDS}
    wanted = CreateAccount(
        login=typed["login"],
        family_name=typed["family_name"],
        given_name=typed["given_name"],
        password=form.get("password") or None,
        number=typed["number"] or None,
        mail=typed["mail"] or None,
        faculty=typed["faculty"],
        level=typed["level"],
        language=typed["language"],
        roles=frozenset(form.getlist("roles")),
    )
    made, problem = done_or_problem(
        lambda: create_account(wanted, uow=parts.uow(), clock=parts.clock), labels()
    )
    if made is None:
        return _new_form(typed, problem), problem.page_status if problem else 400
    flash(_("The account is made."), "good")
    return redirect(url_for(".person", patron_id=made.patron_id))


def labels() -> dict[str, str]:
    """Return what the form of a new person calls its fields."""
    return {
        "login": _("Login"),
        "family_name": _("Family name"),
        "given_name": _("Given name"),
        "password": _("First password"),
        "number": _("Number"),
        "mail": _("Mail"),
        "faculty": _("Faculty"),
        "level": _("Level"),
        "language": _("Language"),
        "role": _("Roles beyond reader"),
    }


NEW_FIELDS = (
    "login", "family_name", "given_name", "number", "mail", "faculty", "level", "language",
)  # fmt: skip


def _person(account: Account, problem: ApiProblem | None = None) -> str:
    places = services.if_it_answers(services.places)
    return render_template(
        "admin/person.html",
        person=account,
        problem=problem,
        may_reset=account != visitor.current_account() and passwords_are_kept_here(),
        shortest_password=SHORTEST_PASSWORD,
        roles=role_words(),
        libraries=places.libraries.values() if places else None,
    )


def _after(patron_id: UUID, done: tuple[Any, ApiProblem | None], said: str) -> ResponseReturnValue:
    _made, problem = done
    if problem is not None:
        present = account_by_id(current_parts().engine, patron_id)
        return _person(present, problem), problem.page_status
    flash(said, "good")
    return redirect(url_for(".person", patron_id=patron_id))


def _new_form(typed: dict[str, str], problem: ApiProblem | None) -> str:
    return render_template(
        "admin/person_new.html",
        typed=typed,
        problem=problem,
        labels=labels(),
        roles=role_words(),
        levels=levels(),
        faculties=faculty_names(),
    )


def _open(state: str) -> bool | None:
    return {"open": True, "closed": False}.get(state)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

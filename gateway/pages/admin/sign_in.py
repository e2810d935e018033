"""How people sign in: the campus's identity providers, and passwords kept here."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.commands.sign_in_providers import (
    KeepProvider,
    add_provider,
    allow_local_sign_in,
    change_provider,
    remove_provider,
)
from gateway.domain.errors import ProviderSilent
from gateway.domain.sign_in_provider import SignInProvider
from gateway.domain.vocabulary import IMPORTABLE_ROLES, LEVELS
from gateway.pages import answers, visitor
from gateway.pages.admin.provider_form import (
    blank,
    claim_words,
    labels,
    lines_of,
    provider_from,
)
from gateway.pages.faculty_names import faculty_names
from gateway.pages.language import gettext as _
from gateway.pages.refusals import done_or_problem
from gateway.parts import current_parts
from gateway.queries.sign_in import administrators_coming_in, provider_by_id, ways_in

blueprint = Blueprint("admin_sign_in", __name__, url_prefix="/admin/sign-in")
WAY_BACK = "python -m gateway.cli allow-local-sign-in"


@blueprint.get("")
@visitor.signed_in("admin")
def ways() -> str:
    """Show how people may sign in."""
    return _ways(None)


@blueprint.get("/local/off")
@visitor.signed_in("admin")
def passwords_off() -> str:
    """Ask whether passwords shall really go, saying who could still come in."""
    engine = current_parts().engine
    return render_template(
        "admin/passwords_off.html",
        ways=ways_in(engine),
        administrators=administrators_coming_in(engine),
        way_back=WAY_BACK,
    )


@blueprint.post("/local")
@visitor.signed_in("admin")
def local() -> ResponseReturnValue:
    """Ask for passwords kept here, or not."""
    allowed = request.form.get("allowed") == "yes"
    version = answers.whole_number("version", 0, least=0)
    parts = current_parts()
    _kept, problem = done_or_problem(lambda: allow_local_sign_in(allowed, version, uow=parts.uow()))
    if problem is not None:
        return _ways(problem), problem.page_status
    flash(_("Kept."), "good")
    return redirect(url_for(".ways"))


@blueprint.get("/new")
@visitor.signed_in("admin")
def new() -> str:
    """Show the form for a new provider."""
    return _form(blank(), None, is_new=True)


@blueprint.post("/new")
@visitor.signed_in("admin")
def add() -> ResponseReturnValue:
    """Keep a new provider."""
    wanted = _wanted(provider_from(request.form, blank()))
    kept, problem = _kept(add_provider, wanted)
    if kept is None:
        return _form(wanted.provider, problem, is_new=True), 422
    if problem is None:
        flash(_("Kept. Register the redirect address at the provider, then test it."), "good")
    return redirect(url_for(".provider", provider_id=kept.provider_id))


@blueprint.get("/<uuid:provider_id>")
@visitor.signed_in("admin")
def provider(provider_id: UUID) -> str:
    """Show a provider."""
    return _form(provider_by_id(current_parts().engine, provider_id), None)


@blueprint.post("/<uuid:provider_id>")
@visitor.signed_in("admin")
def change(provider_id: UUID) -> ResponseReturnValue:
    """Keep a changed provider."""
    parts = current_parts()
    present = provider_by_id(parts.engine, provider_id)
    wanted = _wanted(
        provider_from(request.form, present), version=answers.whole_number("version", 0)
    )
    kept, problem = _kept(change_provider, wanted)
    if kept is None:
        shown = replace(wanted.provider, sealed_secret=present.sealed_secret)
        return _form(shown, problem), problem.page_status if problem else 422
    if problem is None:
        flash(_("Kept."), "good")
    return redirect(url_for(".provider", provider_id=provider_id))


@blueprint.post("/<uuid:provider_id>/test")
@visitor.signed_in("admin")
def test(provider_id: UUID) -> str:
    """Ask the provider what it offers, now."""
    parts = current_parts()
    found = provider_by_id(parts.engine, provider_id)
    return _form(found, None, answer=parts.identity_providers.examine(found.issuer))


@blueprint.post("/<uuid:provider_id>/remove")
@visitor.signed_in("admin")
def remove(provider_id: UUID) -> ResponseReturnValue:
    """Forget a provider."""
    parts = current_parts()
    version = answers.whole_number("version", 0)

    def forget() -> bool:
        remove_provider(provider_id, version, uow=parts.uow())
        return True

    _gone, problem = done_or_problem(forget)
    if problem is not None:
        return _form(provider_by_id(parts.engine, provider_id), problem), problem.page_status
    flash(_("Forgotten. People's accounts stay."), "good")
    return redirect(url_for(".ways"))


def _kept(
    keep: Callable[..., SignInProvider], wanted: KeepProvider
) -> tuple[SignInProvider | None, ApiProblem | None]:
    """Return the provider as kept, and what is to be said of it.

    One that does not answer is kept all the same, switched off: the next page says why.
    """
    kept, problem = _tried(keep, wanted)
    if problem is None or problem.code != ProviderSilent.code:
        return kept, problem
    kept, other = _tried(keep, replace(wanted, provider=replace(wanted.provider, active=False)))
    if kept is None:
        return None, other
    flash(_("Kept, but switched off. %(why)s", why=problem.detail), "bad")
    return kept, problem


def _tried(
    keep: Callable[..., SignInProvider], wanted: KeepProvider
) -> tuple[SignInProvider | None, ApiProblem | None]:
    parts = current_parts()
    return done_or_problem(
        lambda: keep(
            wanted,
            uow=parts.uow(),
            clock=parts.clock,
            sealer=parts.sealer,
            examine=parts.identity_providers.examine,
        ),
        labels(),
    )


def _wanted(wanted: SignInProvider, version: int | None = None) -> KeepProvider:
    secret = request.form.get("client_secret", "")[:300]
    if request.form.get("no_secret") == "yes":
        kept: str | None = ""
    else:
        kept = secret or None
    loopback = current_parts().settings.is_on_loopback
    return KeepProvider(provider=wanted, secret=kept, expected_version=version, loopback=loopback)


def _ways(problem: ApiProblem | None) -> str:
    found = ways_in(current_parts().engine)
    return render_template("admin/sign_in.html", ways=found, problem=problem)


def _form(
    shown: SignInProvider,
    problem: ApiProblem | None,
    *,
    is_new: bool = False,
    answer: dict[str, Any] | None = None,
) -> str:
    return render_template(
        "admin/provider.html",
        provider=shown,
        problem=problem,
        is_new=is_new,
        answer=answer,
        claims=claim_words(),
        labels=labels(),
        faculties=faculty_names(),
        role_codes=IMPORTABLE_ROLES,
        level_codes=LEVELS,
        lines={name: lines_of(getattr(shown.mapping, name)) for name in MAPS},
        redirect_uri=current_parts().settings.sign_in_callback(shown.provider_id),
    )


MAPS = ("roles", "faculties", "levels")

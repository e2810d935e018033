"""Sign in, sign out, choose a language."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from gateway.commands.change_account import change_language
from gateway.commands.check_password import CheckPassword, check_password
from gateway.domain import errors
from gateway.domain.vocabulary import LANGUAGES
from gateway.pages import language, visitor
from gateway.parts import current_parts

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
def form() -> ResponseReturnValue:
    """Show the form; whoever is signed in goes on."""
    target = visitor.local_path(request.args.get("next"))
    if visitor.account_or_none() is not None:
        return redirect(target)
    return render_template("sign_in.html", next=target)


@blueprint.post("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Check the password and begin a session."""
    target = visitor.local_path(request.form.get("next"))
    parts = current_parts()
    typed = CheckPassword(
        login=request.form.get("login", "")[:200],
        password=request.form.get("password", "")[:1000],
        address=request.remote_addr or "",
    )
    try:
        account = check_password(typed, uow=parts.uow(), clock=parts.clock)
    except errors.SignInFailed:
        return _again(typed.login, target, None), 422
    except errors.TooManyAttempts as refusal:
        return _again(typed.login, target, refusal.numbers["seconds"]), 429
    session.clear()  # the form token of before is worth nothing now
    response = redirect(target)
    visitor.welcome(account, response)
    return response


def _again(login: str, target: str, seconds: int | None) -> str:
    return render_template("sign_in.html", next=target, login=login, failed=True, seconds=seconds)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session."""
    session.clear()
    response = redirect(url_for("home.home"))
    visitor.farewell(response)
    return response


@blueprint.post("/language")
def choose_language() -> ResponseReturnValue:
    """Speak another language from now on."""
    wanted = request.form.get("language", "")
    parts = current_parts()
    if wanted in LANGUAGES:
        account = visitor.account_or_none()
        if account is not None:
            change_language(account.patron_id, wanted, uow=parts.uow(), clock=parts.clock)
        language.remember(wanted)
    return redirect(visitor.local_path(request.form.get("next")))

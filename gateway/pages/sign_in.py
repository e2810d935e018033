"""Sign in, sign out, choose a language."""

from flask import Blueprint, g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from gateway.commands.check_password import CheckPassword, check_password
from gateway.domain import errors
from gateway.domain.account import Account
from gateway.domain.vocabulary import LANGUAGES
from gateway.pages import language, unsent, visitor
from gateway.pages.campus_sign_out import address_to_sign_out
from gateway.parts import current_parts
from gateway.queries.sign_in import ways_in

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
def form() -> ResponseReturnValue:
    """Show the form; whoever is signed in goes on."""
    target = visitor.local_path(request.args.get("next"))
    if visitor.account_or_none() is not None:
        return redirect(target)
    return _form(target)


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
    except errors.LocalSignInOff:
        return _form(target), 403
    except errors.SignInFailed:
        return _form(target, login=typed.login, failed=True, seconds=None), 422
    except errors.TooManyAttempts as refusal:
        seconds = refusal.numbers["seconds"]
        return _form(target, login=typed.login, failed=True, seconds=seconds), 429
    kept = unsent.carried()
    session.clear()  # the form token of before is worth nothing now
    response = redirect(target) if kept is None else _with_words_of(account, kept)
    visitor.welcome(account, response)
    return response


def again(page: str) -> str:
    """Return the form for somebody whose session is not taken everywhere; it leads back there."""
    return _form(visitor.local_path(page))


def with_unsent(kept: unsent.Unsent) -> str:
    """Return the form for somebody who was signed out while they wrote: it carries their words."""
    return _form(kept.page, kept=kept)


def _with_words_of(account: Account, kept: unsent.Unsent) -> Response:
    g.account = account
    g.pop("language", None)  # the account's from here on
    return make_response(render_template("unsent.html", kept=kept, unavailable=False))


def _form(target: str, **told: object) -> str:
    ways = ways_in(current_parts().engine)
    told.setdefault("kept", unsent.carried() if request.method == "POST" else None)
    return render_template("sign_in.html", next=target, ways=ways, **told)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session; where the campus vouched for it, lead on to signing out there."""
    session.clear()
    ended = visitor.farewell()
    onward = address_to_sign_out(ended) if ended else None
    if onward is None:
        response = redirect(url_for("home.home"))
    else:
        # No redirect: browsers apply form-action to where the answer to a form leads.
        g.account = None
        response = make_response(render_template("signed_out.html", onward=onward))
    visitor.forget_cookie(response)
    return response


@blueprint.get("/signed-out")
def signed_out() -> str:
    """Greet who comes back from signing out at the campus."""
    return render_template("signed_out.html", onward=None)


@blueprint.post("/language")
def choose_language() -> ResponseReturnValue:
    """Speak another language from now on."""
    wanted = request.form.get("language", "")
    if wanted in LANGUAGES:
        language.choose(wanted)
    return redirect(visitor.local_path(request.form.get("next")))

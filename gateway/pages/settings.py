"""My data and settings: what is known of me here, language, theme, points."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.commands.change_password import ChangePassword, change_password
from gateway.domain.account import SHORTEST_PASSWORD
from gateway.domain.vocabulary import LANGUAGES
from gateway.pages import inbox, language, services, theme, visitor
from gateway.pages.language import gettext as _
from gateway.pages.refusals import done_or_problem
from gateway.parts import current_parts
from gateway.queries.sign_in import ways_in

blueprint = Blueprint("settings", __name__)


@blueprint.get("/settings")
def overview() -> str:
    """Show what can be chosen; to who is signed in, also what is known of them."""
    return _overview(None)


def _overview(problem: ApiProblem | None) -> str:
    account = visitor.account_or_none()
    points = services.if_it_answers(services.engagement().my_points) if account else None
    return render_template(
        "settings.html",
        points=points,
        languages=language.NAMES,
        themes=theme_names(),
        mail_topics=inbox.mail_topics() if account else [],
        has_password=bool(account and account.password_hash) and passwords_are_kept_here(),
        shortest_password=SHORTEST_PASSWORD,
        password_problem=problem,
    )


def passwords_are_kept_here() -> bool:
    """Tell whether people sign in with passwords of ours; where not, none is offered to change."""
    return ways_in(current_parts().engine).local_allowed


@blueprint.post("/settings/password")
@visitor.signed_in()
def have_another_password() -> ResponseReturnValue:
    """Take another password; the other browsers are signed out, this one is not."""
    parts = current_parts()
    wanted = ChangePassword(
        patron_id=visitor.current_account().patron_id,
        present=request.form.get("present_password", "")[:1000],
        wanted=request.form.get("password", "")[:1000],
        address=request.remote_addr or "",
        kept_session=visitor.session_digest(),
    )
    _done, problem = done_or_problem(
        lambda: change_password(wanted, uow=parts.uow(), clock=parts.clock)
    )
    if problem is not None:
        return _overview(problem), problem.page_status
    flash(_("Kept. Wherever else you were signed in, you are signed out."), "good")
    return redirect(url_for(".overview"))


def theme_names() -> dict[str, str]:
    """Return the words for the themes."""
    return {"auto": _("As the device is set"), "light": _("Light"), "dark": _("Dark")}


@blueprint.post("/settings")
def choose() -> ResponseReturnValue:
    """Keep language and theme."""
    wanted = request.form.get("theme", "")
    if wanted in theme.THEMES:
        theme.remember(wanted)
    spoken = request.form.get("language", "")
    if spoken in LANGUAGES:
        language.choose(spoken)
    flash(_("Kept."), "good")
    return redirect(url_for(".overview"))

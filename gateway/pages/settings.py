"""My data and settings: what is known of me here, language, theme, points."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.domain.vocabulary import LANGUAGES
from gateway.pages import inbox, language, services, theme, visitor
from gateway.pages.language import gettext as _

blueprint = Blueprint("settings", __name__)


@blueprint.get("/settings")
def overview() -> str:
    """Show what can be chosen; to who is signed in, also what is known of them."""
    account = visitor.account_or_none()
    points = services.if_it_answers(services.engagement().my_points) if account else None
    return render_template(
        "settings.html",
        points=points,
        languages=language.NAMES,
        themes=theme_names(),
        mail_topics=inbox.mail_topics() if account else [],
    )


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

"""What one was told: the same notices as by mail, here also without any mail."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.commands.change_notices import choose_mail, mark_read
from gateway.domain.notice import Notice, Topic
from gateway.domain.notice_ports import Told
from gateway.letters.wording import Words, speech_for, words_of
from gateway.pages import visitor
from gateway.pages.answers import identifier
from gateway.pages.floors import floor_name
from gateway.pages.language import current_language, ngettext
from gateway.pages.language import gettext as _
from gateway.parts import current_parts
from gateway.queries.notices import count_unread, mail_choices, notices_of

blueprint = Blueprint("inbox", __name__)
PAGE = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice and its words."""

    notice: Notice
    words: Words
    floor: str


@blueprint.get("/inbox")
@visitor.signed_in()
def notices() -> str:
    """Show what one was told, newest first."""
    parts = current_parts()
    patron_id = visitor.current_account().patron_id
    found = notices_of(parts.engine, patron_id, before=identifier("before"), limit=PAGE + 1)
    shown = []
    for told in found[:PAGE]:
        speech = speech_for(told, current_language(), parts.settings.timezone)
        words = words_of(told, speech)
        shown.append(Shown(told.notice, words, _floor(told)))
    earlier = shown[-1].notice.id if len(found) > PAGE else None
    return render_template("inbox.html", shown=shown, earlier=earlier)


def _floor(told: Told) -> str:
    space_id = told.notice.space_id
    return floor_name(str(space_id)) if space_id else ""


@blueprint.post("/inbox/read")
@visitor.signed_in()
def read() -> ResponseReturnValue:
    """Note that one has read a notice, or all of them."""
    parts = current_parts()
    one = identifier("notice_id")
    ids: list[UUID] | None = None if one is None else [one]
    patron_id = visitor.current_account().patron_id
    count = mark_read(patron_id, ids, uow=parts.notice_uow(), clock=parts.clock)
    flash(ngettext("%(num)s notice marked as read.", "%(num)s notices marked as read.", count))
    return redirect(url_for(".notices"))


@blueprint.post("/inbox/mail")
@visitor.signed_in()
def choose() -> ResponseReturnValue:
    """Keep about what one is sent mail."""
    wanted = set(request.form.getlist("topic"))
    choices = {topic: topic.value in wanted for topic in Topic}
    parts = current_parts()
    choose_mail(visitor.current_account().patron_id, choices, uow=parts.notice_uow())
    flash(_("Kept."), "good")
    return redirect(url_for("settings.overview"))


def unread() -> int:
    """Return how many notices the visitor has not read; asked once per request."""
    account = visitor.account_or_none()
    if account is None:
        return 0
    if "unread" not in g:
        g.unread = count_unread(current_parts().engine, account.patron_id)
    count: int = g.unread
    return count


def mail_topics() -> list[tuple[str, str, bool]]:
    """Return what a person may be sent mail about: code, words, whether they are."""
    account = visitor.current_account()
    wanted = mail_choices(current_parts().engine, account.patron_id)
    words = {
        Topic.BOOKINGS: _("My bookings: confirmed, changed, cancelled"),
        Topic.ACTIVITIES: _("Activities: my place, the waiting list, offers"),
        Topic.REMINDERS: _("Reminders before something starts"),
        Topic.SUGGESTIONS: _("Answers to suggestions I made, support or follow"),
    }
    return [(topic.value, words[topic], wanted[topic]) for topic in Topic]

"""Which language a visitor reads, and the sentences in it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import g, request, session

from gateway.commands.change_account import change_language
from gateway.domain.vocabulary import LANGUAGES
from gateway.letters.catalogues import catalogue
from gateway.pages import visitor
from gateway.parts import current_parts
from shared.web.language import current_language as preferred_by_browser

SESSION_KEY = "language"
NAMES: Mapping[str, str] = {"zh-CN": "中文", "en": "English"}


def current_language() -> str:
    """Return the language of this page: the account's, else the one chosen, else the browser's."""
    if "language" not in g:
        g.language = _choose()
    chosen: str = g.language
    return chosen


def _choose() -> str:
    account = visitor.account_or_none()
    if account is not None:
        return account.language
    chosen = session.get(SESSION_KEY)
    return chosen if chosen in LANGUAGES else preferred_by_browser()


def remember(language: str) -> None:
    """Speak this language to a visitor who is not signed in, from now on."""
    session[SESSION_KEY] = language
    g.language = language


def choose(language: str) -> None:
    """Speak this language from now on: in this browser, and wherever else the account signs in."""
    account = visitor.account_or_none()
    if account is not None:
        parts = current_parts()
        change_language(account.patron_id, language, uow=parts.uow(), clock=parts.clock)
    remember(language)


def gettext(message: str, **numbers: Any) -> str:
    """Return a sentence in the page's language, its %(name)s filled in."""
    text = catalogue(current_language()).gettext(message)
    return text % numbers if numbers else text


def ngettext(singular: str, plural: str, n: int, **numbers: Any) -> str:
    """Return the sentence for a count in the page's language, %(num)s and others filled in."""
    text = catalogue(current_language()).ngettext(singular, plural, n)
    return text % {"num": n, **numbers}


def other_language() -> str:
    """Return the language a visitor could switch to."""
    here = current_language()
    return next(language for language in LANGUAGES if language != here)


def path_with_query() -> str:
    """Return the address to come back to: this page, or the one whose form was sent."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    came_from = urlsplit(request.referrer or "")
    return visitor.local_path(came_from.path + (f"?{came_from.query}" if came_from.query else ""))

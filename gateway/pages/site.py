"""What all pages share: forms that cannot be forged, headers, words and dates in templates."""

from typing import Any

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect, generate_csrf
from jinja2 import StrictUndefined

from gateway.config import Settings
from gateway.pages import inbox, language, on_behalf, theme, visitor, wording
from gateway.pages.answers import key_after
from gateway.pages.areas import area_of, areas_for, main_area
from gateway.pages.assets import A_YEAR, asset, sheet_address
from gateway.pages.journeys import AREAS, BLUEPRINTS
from gateway.pages.trouble import register_troubles
from gateway.security.sealing import derived_key
from shared.kernel.identifiers import new_id

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "script-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def add_pages(app: Flask, settings: Settings) -> None:
    """Put the pages on the app."""
    app.config.update(
        SECRET_KEY=derived_key(settings.secret, "form cookie"),
        SESSION_COOKIE_NAME="__Host-atrium-form" if settings.is_secure else "atrium_form",
        SESSION_COOKIE_SECURE=settings.is_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        SEND_FILE_MAX_AGE_DEFAULT=A_YEAR,
    )
    forms = CSRFProtect(app)

    def check_form() -> None:
        _allow_larger_body(app)
        if request.method == "POST" and not request.path.startswith("/api/"):
            forms.protect()

    app.before_request(check_form)
    app.after_request(_add_headers)
    _prepare_templates(app)
    register_troubles(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)


def _allow_larger_body(app: Flask) -> None:
    """Let those send more to a view who may use it; of others we read no more than of anybody."""
    view = app.view_functions.get(request.endpoint or "")
    largest = getattr(view, "largest_body", None)
    if view is not None and largest is not None and visitor.may_see(view):
        request.max_content_length = largest


def _prepare_templates(app: Flask) -> None:
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        language.gettext, language.ngettext, newstyle=True
    )
    environment.filters.update(wording.FILTERS)
    app.context_processor(_page_words)


def _page_words() -> dict[str, Any]:
    account = visitor.account_or_none()
    areas = areas_for(account, AREAS)
    area = area_of(request.blueprint, areas)
    return {
        "account": account,
        "areas": areas,
        "unread": inbox.unread,
        "for_whom": on_behalf.whom,
        "area": area,
        "work": area or main_area(account, areas),
        "theme": theme.current_theme(),
        "language": language.current_language(),
        "other_language": language.other_language(),
        "other_language_name": language.NAMES[language.other_language()],
        "here": language.path_with_query(),
        "colon": wording.colon,
        "csrf": generate_csrf,
        "asset": asset,
        "sheet_address": sheet_address,
        "new_key": lambda: str(new_id()),
        "key_after": key_after,
    }


def _add_headers(response: Response) -> Response:
    if request.path.startswith("/api/"):
        return response
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    if response.mimetype == "text/html":
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Language"] = language.current_language()
    elif request.endpoint != "static":  # files of one's own: nobody between us shall keep them
        response.headers.setdefault("Cache-Control", "private, no-store")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR}")
    return response

"""Who looks at a page: the opaque cookie, the account behind it, its access token."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from gateway.commands.sessions import begin_session, end_session
from gateway.domain.account import Account
from gateway.domain.scopes import UNLIMITED
from gateway.parts import current_parts
from gateway.queries.accounts import who_is_signed_in

View = TypeVar("View", bound=Callable[..., Any])
LONGEST_COOKIE = 100
FIGURE_ROLES = ("manager", "admin")


def cookie_name() -> str:
    """Return the session cookie's name; over https one that no other host can set."""
    return "__Host-atrium" if current_parts().settings.is_secure else "atrium_session"


def account_or_none() -> Account | None:
    """Return who is signed in in this browser, if anybody; asked once per request."""
    if "account" not in g:
        secret = request.cookies.get(cookie_name())
        parts = current_parts()
        g.account = None
        if secret and len(secret) <= LONGEST_COOKIE:
            lifetimes = parts.settings.lifetimes
            g.account = who_is_signed_in(parts.engine, secret, lifetimes, parts.clock.now())
    return cast("Account | None", g.account)


def current_account() -> Account:
    """Return who is signed in; for views that `signed_in` guards."""
    account = account_or_none()
    if account is None:
        abort(401)
    return account


def access_token() -> str | None:
    """Return a token that speaks for the visitor to the services, or None for a stranger."""
    account = account_or_none()
    if account is None:
        return None
    if "access_token" not in g:
        g.access_token = current_parts().access_tokens.sign(account, UNLIMITED)
    return cast("str", g.access_token)


def signed_in(*roles: str) -> Callable[[View], View]:
    """Let a page be seen only by people with one of the roles (none: any), others sign in first."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            account = account_or_none()
            if account is None:
                return to_sign_in()
            if roles and account.roles.isdisjoint(roles):
                abort(403)
            return view(*args, **kwargs)

        return cast("View", guarded)

    return decorate


def to_sign_in() -> AnyResponse:
    """Send the visitor to the sign-in page, and back here afterwards."""
    back = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return redirect(url_for("sign_in.form", next=back))


def welcome(account: Account, response: Response | AnyResponse) -> None:
    """Begin a session in this browser: a new secret, whatever cookie it came with is dead."""
    parts = current_parts()
    name = cookie_name()
    old = request.cookies.get(name, "")[:LONGEST_COOKIE]
    secret = begin_session(account, old, uow=parts.uow(), clock=parts.clock)
    response.set_cookie(
        name,
        secret,
        max_age=int(parts.settings.lifetimes.absolute.total_seconds()),
        httponly=True,
        secure=parts.settings.is_secure,
        samesite="Lax",
        path="/",
    )


def farewell(response: Response | AnyResponse) -> None:
    """End the session in this browser."""
    name = cookie_name()
    if secret := request.cookies.get(name):
        end_session(secret[:LONGEST_COOKIE], uow=current_parts().uow())
    secure = current_parts().settings.is_secure
    response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="Lax")


def local_path(target: str | None) -> str:
    """Return the target if it leads to a page of ours, else the home page: no open redirects."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return "/"
    if any(ord(letter) < 32 or letter == "\\" for letter in target):
        return "/"
    parts = urlsplit(target)
    return "/" if parts.netloc or parts.scheme else target

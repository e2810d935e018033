"""Who looks at a page: the opaque cookie, the account behind it, its access token."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from gateway.commands.sessions import Voucher, begin_session, end_session
from gateway.domain.account import Account
from gateway.domain.scopes import UNLIMITED
from gateway.domain.session import Session, secret_hash
from gateway.parts import current_parts
from gateway.queries.accounts import who_is_signed_in

View = TypeVar("View", bound=Callable[..., Any])
LONGEST_COOKIE = 100
SEALED_UNDER = "id token of a session"
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


class SignedOut(Exception):
    """Somebody sent a form that only who is signed in may send."""


def signed_in(*roles: str) -> Callable[[View], View]:
    """Let a page be seen only by people with one of the roles (none: any), others sign in first."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            account = account_or_none()
            if account is None:
                if request.method == "POST":
                    raise SignedOut
                return to_sign_in()
            if not _has_one_of(account, roles):
                abort(403)
            return view(*args, **kwargs)

        guarded.seen_by = roles  # type: ignore[attr-defined]  # read by may_see
        return cast("View", guarded)

    return decorate


def may_see(view: Callable[..., Any]) -> bool:
    """Whether the visitor is one of those a view that `signed_in` guards is for."""
    account = account_or_none()
    roles: tuple[str, ...] = view.seen_by  # type: ignore[attr-defined]  # signed_in sets it
    return account is not None and _has_one_of(account, roles)


def _has_one_of(account: Account, roles: tuple[str, ...]) -> bool:
    return not roles or not account.roles.isdisjoint(roles)


def is_guarded(view: Callable[..., Any] | None) -> bool:
    """Tell whether only who is signed in gets to see a view."""
    return hasattr(view, "seen_by")


def to_sign_in() -> AnyResponse:
    """Send the visitor to the sign-in page, and back here afterwards."""
    back = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return redirect(url_for("sign_in.form", next=back))


def welcome(
    account: Account, response: Response | AnyResponse, voucher: Voucher | None = None
) -> None:
    """Begin a session in this browser: a new secret, whatever cookie it came with is dead."""
    parts = current_parts()
    name = cookie_name()
    old = request.cookies.get(name, "")[:LONGEST_COOKIE]
    secret = begin_session(account, old, uow=parts.uow(), clock=parts.clock, voucher=voucher)
    response.set_cookie(
        name,
        secret,
        max_age=int(parts.settings.lifetimes.absolute.total_seconds()),
        httponly=True,
        secure=parts.settings.is_secure,
        samesite="Lax",
        path="/",
    )


def farewell() -> Session | None:
    """End the session of this browser and return it; `forget_cookie` does the rest."""
    secret = request.cookies.get(cookie_name())
    return end_session(secret[:LONGEST_COOKIE], uow=current_parts().uow()) if secret else None


def session_digest() -> bytes:
    """Return what is kept here of this browser's session."""
    return secret_hash(request.cookies.get(cookie_name(), ""))


def forget_cookie(response: Response | AnyResponse) -> None:
    """Take the session cookie out of this browser."""
    name, secure = cookie_name(), current_parts().settings.is_secure
    response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="Lax")


def local_path(target: str | None) -> str:
    """Return the target if it leads to a page of ours, else the home page: no open redirects."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return "/"
    if any(ord(letter) < 32 or letter == "\\" for letter in target):
        return "/"
    parts = urlsplit(target)
    return "/" if parts.netloc or parts.scheme else target

"""Who is asking: verified from the bearer token, never believed from a header."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

import structlog
from flask import current_app, g, request

from shared.web.claims import Identity
from shared.web.operation import document
from shared.web.problems import HttpProblem
from shared.web.tokens import TokenRefused, TokenVerifier

View = TypeVar("View", bound=Callable[..., Any])
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_log = structlog.get_logger()


def current_identity() -> Identity:
    """Return who is asking; raises HttpProblem 401 when nobody proved it."""
    identity = identity_or_none()
    if identity is None:
        raise _unauthorized("not_signed_in", 'Bearer realm="atrium"')
    return identity


def identity_or_none() -> Identity | None:
    """Return who is asking, or None when no token came; raises HttpProblem 401 for a bad one."""
    if "identity" not in g:
        g.identity = _verified()
    return cast("Identity | None", g.identity)


def visitor_or_none() -> Identity | None:
    """Return who is asking where nobody has to say so, or None when no token came.

    A token that came is held to its scopes here too, or it would show what it was not made for.
    Raises HttpProblem 401 for a bad one, 403 for one without the scope.
    """
    identity = identity_or_none()
    if identity is not None:
        _check_scope(identity)
    return identity


def requires(*roles: str) -> Callable[[View], View]:
    """Let a view run only for a person with one of the roles; no role means any signed-in person.

    A token with scopes must hold `<service>:read` (GET, HEAD) or `<service>:write` (all else).
    401 problem without a valid token, 403 problem otherwise. Documents both.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            identity = current_identity()
            _check_scope(identity)
            if roles and not identity.has_any(*roles):
                raise HttpProblem("not_allowed", 403)
            return view(*args, **kwargs)

        document(guarded, secured=True, responses=(401, 403))
        return cast("View", guarded)

    return decorate


def _check_scope(identity: Identity) -> None:
    if not identity.scopes:
        return
    act = "read" if request.method in _SAFE else "write"
    scope = f"{current_app.extensions['atrium_service']}:{act}"
    if scope not in identity.scopes:
        raise HttpProblem("scope_missing", 403, numbers={"scope": scope})


def _verified() -> Identity | None:
    header = request.headers.get("Authorization")
    if header is None:
        return None
    verifier: TokenVerifier = current_app.extensions["atrium_tokens"]
    try:
        return verifier.verify(_bearer(header))
    except TokenRefused as refused:
        _log.info("token_refused", reason=str(refused))
        challenge = 'Bearer realm="atrium", error="invalid_token"'
        raise _unauthorized("token_refused", challenge) from refused


def _bearer(header: str) -> str:
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer":
        raise TokenRefused("not a bearer token")
    return token.strip()


def _unauthorized(code: str, challenge: str) -> HttpProblem:
    return HttpProblem(code, 401, headers={"WWW-Authenticate": challenge})

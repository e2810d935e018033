"""Versions in HTTP (RFC 9110, 13): read what changed, change only what was read."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, g, request

from shared.web.answer_headers import named
from shared.web.operation import document
from shared.web.problems import HttpProblem

View = TypeVar("View", bound=Callable[..., Any])
_HEADER = named("ETag")
_KEPT_WHEN_UNCHANGED = ("Cache-Control", "Vary", "Content-Location", "Expires")  # RFC 9110, 15.4.5
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag of the version to change, quotation marks included; * for any.",
    "schema": {"type": "string", "example": '"4Zxk1mBQJ2f0vYqN"'},
}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "ETags the caller holds; the answer is 304 when one of them is current.",
    "schema": {"type": "string"},
}


def etag_of(*parts: object) -> str:
    """Return the strong ETag of a version: equal for equal parts, such as an id and a version."""
    digest = hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=12).digest()
    return f'"{urlsafe_b64encode(digest).decode()}"'


def tagged(view: View) -> View:
    """Let a GET view give its answer a version: it calls `tag`; 304 to who holds that version.

    Goes above `blueprint.response`.
    """
    wrapped = _with_etag(view)
    document(wrapped, responses=(304,), parameters=[_IF_NONE_MATCH], answer_headers=_HEADER)
    return cast("View", wrapped)


def versioned(view: View) -> View:
    """Let a GET view tell the version that a change has to name, with parts that have none.

    It calls `tag`, and never answers 304: what it shows beside may be another while the version is
    the same. Goes above `blueprint.response`.
    """

    @wraps(view)
    def told(*args: Any, **kwargs: Any) -> Any:
        answer = view(*args, **kwargs)
        answer.headers["ETag"] = g.pop("etag")
        return answer

    document(told, answer_headers=_HEADER)
    return cast("View", told)


def conditional(view: View) -> View:
    """Let a PUT, PATCH or DELETE view change only the version its caller read.

    The view calls `check_if_match` with the current ETag, and `tag` with the new one if it answers
    with a body. 428 without If-Match, 412 with another version. Goes above `blueprint.response`.
    """

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        if "If-Match" not in request.headers:
            raise HttpProblem("version_required", 428)
        return view(*args, **kwargs)

    wrapped = _with_etag(checked)
    document(wrapped, responses=(412, 428), parameters=[_IF_MATCH], answer_headers=_HEADER)
    return cast("View", wrapped)


def check_if_match(etag: str) -> None:
    """Raise HttpProblem 428 without If-Match, 412 when it names other versions than this one.

    Two callers may both pass: hand the version on to the command, which compares again in SQL.
    """
    if "If-Match" not in request.headers:
        raise HttpProblem("version_required", 428)
    # A proxy that compresses an answer makes its tag weak (nginx: W/"..."). Ours name a version of
    # a row, not bytes, so the weakened one still says which version was read.
    if not request.if_match.contains_weak(etag.strip('"')):
        raise HttpProblem("version_conflict", 412, headers={"ETag": etag})


def tag(etag: str) -> None:
    """Say which version the answer of this `tagged` or `conditional` view holds."""
    g.etag = etag


def not_modified(etag: str) -> Response | None:
    """Return a 304 answer when the caller holds this version: before costly work in a view."""
    held = request.if_none_match
    if request.method not in {"GET", "HEAD"} or not held.contains_weak(etag.strip('"')):
        return None
    return Response(status=304, headers={"ETag": etag})


def _with_etag(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def with_etag(*args: Any, **kwargs: Any) -> Any:
        answer = view(*args, **kwargs)
        etag = g.pop("etag", None)
        if etag is None or not isinstance(answer, Response):
            return answer
        answer.headers["ETag"] = etag
        return _unchanged(answer, etag) or answer

    return with_etag


def _unchanged(answer: Response, etag: str) -> Response | None:
    unchanged = not_modified(etag)
    if unchanged is not None:
        kept = {name: answer.headers.get(name) for name in _KEPT_WHEN_UNCHANGED}
        unchanged.headers.update({name: value for name, value in kept.items() if value})
    return unchanged

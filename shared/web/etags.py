"""Versions in HTTP (RFC 9110, 13): read what changed, change only what was read."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, g, request

from shared.web.operation import document
from shared.web.problems import HttpProblem

View = TypeVar("View", bound=Callable[..., Any])
_HEADER = {"ETag": {"description": "The version sent.", "schema": {"type": "string"}}}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag of the version to change.",
    "schema": {"type": "string"},
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
        return not_modified(etag) or answer

    return with_etag

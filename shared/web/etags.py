"""Versions in HTTP (RFC 9110, 13): read what changed, change only what was read.

An ETag names the version of a row. Where an answer depends on more than that (the reader's
language, places that others take), the same version has several representations, and one ETag for
all of them would let a cache show the English one to who reads Chinese. There the ETag is the
version, a dot and a digest of the bytes (`tag_answer`): If-None-Match looks at the whole of it,
If-Match at the version alone, so that what was read in one language may be changed in another, and
a place taken meanwhile is no conflict.
"""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, g, request

from shared.web.answer_headers import named
from shared.web.language import current_language
from shared.web.operation import document
from shared.web.problems import HttpProblem

View = TypeVar("View", bound=Callable[..., Any])
_DIGEST_BYTES = 12
_OF_THE_BODY = {"Content-Type", "Content-Length"}
_HEADER = named("ETag")
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
    return f'"{_digest(chr(0x1F).join(map(str, parts)).encode())}"'


def tagged(view: View) -> View:
    """Let a GET view give its answer a version: it calls `tag`; 304 to who holds that version.

    Goes above `blueprint.response`.
    """
    wrapped = _with_etag(view)
    document(wrapped, responses=(304,), parameters=[_IF_NONE_MATCH], answer_headers=_HEADER)
    return cast("View", wrapped)


def versioned(view: View) -> View:
    """Let a POST view say which version it has made: it calls `tag`. Goes under `idempotent`."""
    wrapped = _with_etag(view)
    document(wrapped, answer_headers=_HEADER)
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
    # By the strong comparison (RFC 9110, 13.1.1) a weak tag matches nothing. Our proxy weakens what
    # it compresses, and takes that back on the way in (infra/scaled/nginx.conf.template).
    held = request.if_match
    versions = {one.partition(".")[0] for one in held.as_set()}
    if not (held.star_tag or etag.strip('"') in versions):
        raise HttpProblem("version_conflict", 412, headers={"ETag": etag})


def tag(etag: str) -> None:
    """Say which version the answer of this `tagged`, `versioned` or `conditional` view holds."""
    g.etag = (etag, False)


def tag_answer(etag: str) -> None:
    """Say it where the answer speaks the reader's language or changes without the version."""
    g.etag = (etag, True)


def unless_held(answer: Response) -> Response:
    """Return this answer, or 304 to who holds it, with the headers of the answer.

    A cache takes them over for what it holds (RFC 9111, 4.3.4).
    """
    held, etag = request.if_none_match, answer.headers["ETag"].strip('"')
    if request.method not in {"GET", "HEAD"} or not held.contains_weak(etag):
        return answer
    unchanged = Response(status=304)
    for name, value in answer.headers.items():
        if name not in _OF_THE_BODY:
            unchanged.headers.add(name, value)
    return unchanged


def _with_etag(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def with_etag(*args: Any, **kwargs: Any) -> Any:
        answer = view(*args, **kwargs)
        etag, is_of_answer = g.pop("etag", (None, False))
        if etag is None or not isinstance(answer, Response):
            return answer
        answer.headers["ETag"] = etag
        if is_of_answer:
            _name_the_answer(answer)
        return unless_held(answer)

    return with_etag


def _name_the_answer(answer: Response) -> None:
    language = current_language()
    told = _digest(f"{language}\n".encode() + answer.get_data())
    answer.headers["ETag"] = f'{answer.headers["ETag"][:-1]}.{told}"'
    answer.headers["Content-Language"] = language
    answer.headers["Vary"] = "Accept-Language"


def _digest(told: bytes) -> str:
    digest = hashlib.blake2b(told, digest_size=_DIGEST_BYTES).digest()
    return urlsafe_b64encode(digest).decode()

"""Turn everything that can go wrong in a request into a problem, and log what was our mistake."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog
from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from shared.kernel.refusal import Refusal
from shared.web.database_trouble import code_of
from shared.web.keys import KeysUnavailable
from shared.web.problems import HttpProblem, from_http_problem, from_refusal

Answer = Callable[[Any], Response]
PageError = Callable[[Exception, int], ResponseReturnValue]
RETRY_SECONDS = "2"
_log = structlog.get_logger()

_CODES: Mapping[int, str] = {
    400: "bad_request",
    401: "not_signed_in",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    412: "version_conflict",
    413: "body_too_large",
    415: "unsupported_media_type",
    422: "invalid_input",
    428: "version_required",
    503: "temporarily_unavailable",
}


def register(app: Flask, page_error: PageError | None = None) -> None:
    """Answer every error of this app with a problem, or outside /api/ with `page_error`'s page."""
    for kind, answer in _answers():
        app.register_error_handler(kind, _beside_pages(answer, page_error))


def _answers() -> Sequence[tuple[type[Exception], Answer]]:
    return (
        (Refusal, from_refusal),
        (HttpProblem, from_http_problem),
        (HTTPException, _from_http_exception),
        (DBAPIError, _from_database),
        (PoolTimeout, _unavailable),
        (KeysUnavailable, _unavailable),
        (Exception, _our_mistake),
    )


def _beside_pages(
    answer: Answer, page_error: PageError | None
) -> Callable[[Exception], ResponseReturnValue]:
    def answered(error: Exception) -> ResponseReturnValue:
        problem = answer(error)  # first of all, since this also writes the log
        if page_error is None or request.path.startswith("/api/"):
            return problem
        return page_error(error, problem.status_code)

    return answered


def _from_http_exception(error: HTTPException) -> Response:
    status = error.code or 500
    code = _CODES.get(status, "bad_request" if status < 500 else "internal_error")
    numbers = {"limit_bytes": request.max_content_length} if status == 413 else {}
    headers = {}
    if isinstance(error, MethodNotAllowed):
        headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return from_http_problem(HttpProblem(code, status, numbers=numbers, headers=headers))


def _from_database(error: DBAPIError) -> Response:
    code, status = code_of(error)
    if status == 503:
        _log.warning("database_trouble", kind=type(error.orig).__name__)
        return _unavailable(error)
    if status == 422:
        _log.exception("value_not_storable", exc_info=error)
        return from_http_problem(HttpProblem(code, status))
    return _our_mistake(error)


def _unavailable(_error: Exception) -> Response:
    headers = {"Retry-After": RETRY_SECONDS}
    return from_http_problem(HttpProblem("temporarily_unavailable", 503, headers=headers))


def _our_mistake(error: Exception) -> Response:
    _log.error("request_failed", exc_info=error)
    return from_http_problem(HttpProblem("internal_error", 500))

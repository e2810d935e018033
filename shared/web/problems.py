"""RFC 9457: every answer that says no has the same shape, a code and the caller's language."""

from collections.abc import Mapping, Sequence
from datetime import date
from http import HTTPStatus
from typing import Any

import msgspec
import structlog
from flask import Response, current_app, g

from shared.kernel.refusal import Refusal, Violation
from shared.web.days import in_words
from shared.web.language import current_language
from shared.web.wording import COMMON, TITLES, Wording

CONTENT_TYPE = "application/problem+json"
RETRY_AFTER = "retry_after_seconds"
COMMAS = {"en": ", ", "zh-CN": "、"}
NOTHING = {"en": "none", "zh-CN": "无"}
"""What an empty list is called in a sentence."""
_log = structlog.get_logger()


class HttpProblem(Exception):
    """The edge itself says no, before or beside any rule: its code, its status, its headers."""

    def __init__(
        self,
        code: str,
        status: int,
        *,
        numbers: Mapping[str, Any] | None = None,
        violations: Sequence[Violation] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Keep what the answer will show."""
        super().__init__(code)
        self.code = code
        self.status = status
        self.numbers = dict(numbers or {})
        self.violations = tuple(violations)
        self.headers = dict(headers or {})


class _Filling(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        _log.warning("wording_number_missing", number=name)
        return "…"


def worded(code: str, numbers: Mapping[str, Any], status: int = 409) -> str:
    """Return the sentence for a code in the caller's language, filled from numbers.

    A code nobody worded gives the status's title, and a line in the log.
    """
    language = current_language()
    wording: Wording = current_app.extensions.get("atrium_wording", {})
    texts = wording.get(code) or COMMON.get(code)
    if texts is None:
        _log.warning("wording_missing", code=code)
        return title_of(status, language)
    today = current_app.extensions["atrium_clock"].now().date()
    filled = _Filling({name: _shown(value, language, today) for name, value in numbers.items()})
    return texts[language].format_map(filled)


def title_of(status: int, language: str) -> str:
    """Return the short name of a status in a language."""
    titles = TITLES.get(status)
    return titles[language] if titles else HTTPStatus(status).phrase


def from_refusal(refusal: Refusal) -> Response:
    """Return the problem a rule's refusal becomes.

    Its extension `retry_after_seconds` is also said as Retry-After (RFC 9110, 10.2.3).
    """
    response = problem_response(
        refusal.code, refusal.status, numbers=refusal.numbers, violations=refusal.violations
    )
    if refusal.extensions:
        body = msgspec.json.decode(response.get_data())
        response.set_data(msgspec.json.encode({**refusal.extensions, **body}))
    if (wait := refusal.extensions.get(RETRY_AFTER)) is not None:
        response.headers["Retry-After"] = str(wait)
    return response


def from_http_problem(problem: HttpProblem) -> Response:
    """Return the problem the edge's own no becomes."""
    response = problem_response(
        problem.code, problem.status, numbers=problem.numbers, violations=problem.violations
    )
    response.headers.extend(problem.headers)
    return response


def problem_response(
    code: str,
    status: int,
    *,
    numbers: Mapping[str, Any] | None = None,
    violations: Sequence[Violation] = (),
) -> Response:
    """Return an application/problem+json answer in the caller's language."""
    numbers = numbers or {}
    language = current_language()
    body = {
        "type": f"/problems/{code}",
        "title": title_of(status, language),
        "status": status,
        "detail": worded(code, numbers, status),
        "instance": f"urn:atrium:request:{g.get('request_id', 'unknown')}",
        "code": code,
        "numbers": numbers,
        "violations": [violation_shown(violation) for violation in violations],
    }
    response = Response(
        msgspec.json.encode(body, enc_hook=str), status=status, content_type=CONTENT_TYPE
    )
    response.headers["Content-Language"] = language
    response.headers["Vary"] = "Accept-Language"
    return response


def violation_shown(violation: Violation) -> dict[str, Any]:
    """Return a violation as it goes out, with its sentence in the caller's language."""
    numbers = dict(violation.numbers)
    shown = {"code": violation.code, "numbers": numbers}
    if violation.code == "invalid_field":  # its sentence came from the field that refused
        return {**shown, "field": numbers["field"], "message": numbers.pop("message")}
    if "field" in numbers:  # a rule that names the field to blame
        shown["field"] = numbers["field"]
    return {**shown, "message": worded(violation.code, numbers)}


def _shown(value: object, language: str, today: date) -> str:
    if isinstance(value, list | tuple | set | frozenset):
        if not value:
            return NOTHING[language]
        return COMMAS[language].join(_shown(item, language, today) for item in value)
    if isinstance(value, bool | int | float | str):
        return in_words(str(value), language, today)
    return in_words(str(msgspec.to_builtins(value, enc_hook=str)), language, today)

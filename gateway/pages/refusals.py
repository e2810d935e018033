"""The gateway's own no, as pages show a service's: in the page's language, beside the form."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import current_app

from gateway.clients.service import ApiProblem
from gateway.pages.language import current_language
from gateway.pages.wording import colon
from shared.kernel.refusal import NotFound, Refusal
from shared.web.problems import title_of
from shared.web.wording import COMMON, Wording

T = TypeVar("T")


def done_or_problem(
    act: Callable[[], T], labels: Mapping[str, str] | None = None
) -> tuple[T | None, ApiProblem | None]:
    """Return what came of it, or the no to show beside the form; NotFound goes on as a page.

    `labels` are what the form calls its fields.
    """
    try:
        return act(), None
    except NotFound:
        raise
    except Refusal as refusal:
        return None, problem_of(refusal, labels)


def problem_of(refusal: Refusal, labels: Mapping[str, str] | None = None) -> ApiProblem:
    """Return the problem a refusal is, worded in the page's language."""
    violations = [
        {"message": worded(one.code, _labelled(one.numbers, labels or {}))}
        for one in refusal.violations
    ]
    body = {
        "code": refusal.code,
        "title": title_of(refusal.status, current_language()),
        "detail": worded(refusal.code, refusal.numbers),
        "violations": violations,
    }
    return ApiProblem(refusal.status, body)


def about_fields(problem: ApiProblem, labels: Mapping[str, str]) -> ApiProblem:
    """Return a service's no with each field it complains of called what the form calls it."""
    told = [
        {**one, "message": f"“{labels[one['field']]}”{colon()}{one['message']}"}
        if one.get("field") in labels
        else one
        for one in problem.violations
    ]
    once = {one["message"]: one for one in told}  # both ends of one time may be wrong alike
    return ApiProblem(problem.status, {**problem.body, "violations": list(once.values())})


def worded(code: str, numbers: Mapping[str, Any]) -> str:
    """Return the sentence for a code of the gateway's."""
    wording: Wording = current_app.extensions["atrium_wording"]
    texts = wording.get(code) or COMMON.get(code) or COMMON["refused"]
    return texts[current_language()].format_map(_Filling(numbers))


def _labelled(numbers: Mapping[str, Any], labels: Mapping[str, str]) -> Mapping[str, Any]:
    label = labels.get(str(numbers.get("field")))
    return {**numbers, "field": f"“{label}”"} if label else numbers


class _Filling(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "…"

"""What a decorator does to a view it also writes into the view's documentation, in one step."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from http import HTTPStatus
from typing import Any

KEY = "atrium"  # flask-smorest copies the whole `_apidoc` of a view for its callbacks


def document(
    view: Callable[..., Any],
    *,
    secured: bool = False,
    responses: Sequence[int] = (),
    parameters: Sequence[Mapping[str, Any]] = (),
    answer_headers: Mapping[str, Any] | None = None,
) -> None:
    """Note on a (freshly wrapped) view what its decorator may answer and reads from headers."""
    apidoc = deepcopy(getattr(view, "_apidoc", {}))
    notes = apidoc.setdefault(KEY, {"responses": [], "parameters": [], "headers": {}})
    notes["secured"] = secured or notes.get("secured", False)
    notes["responses"] += [status for status in responses if status not in notes["responses"]]
    notes["parameters"] += parameters
    notes["headers"].update(answer_headers or {})
    view._apidoc = apidoc  # type: ignore[attr-defined]  # noqa: SLF001 flask-smorest's own name


def add_to_operation(doc: dict[str, Any], doc_info: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add the notes to an OpenAPI operation; a flask-smorest documentation callback."""
    notes = doc_info.get(KEY, {})
    responses = doc.setdefault("responses", {})
    for status in [429, *notes.get("responses", ()), *_of_body(doc)]:
        responses.setdefault(str(status), HTTPStatus(status).name)
    if notes.get("parameters"):
        doc["parameters"] = [*doc.get("parameters", ()), *notes["parameters"]]
    if notes.get("secured"):
        doc["security"] = [{"bearer": []}]
    _add_headers(responses, notes.get("headers", {}))
    return doc


def _of_body(doc: Mapping[str, Any]) -> Sequence[int]:
    return (400, 413, 415) if "requestBody" in doc else ()


def _add_headers(responses: dict[Any, Any], headers: Mapping[str, Any]) -> None:
    for status, response in responses.items():
        if headers and str(status).startswith("2") and isinstance(response, dict):
            response.setdefault("headers", {}).update(headers)

"""What a decorator does to a view it also writes into the view's documentation, in one step."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Flask

from shared.web.answer_headers import COUNTED, named

KEY = "atrium"  # flask-smorest copies the whole `_apidoc` of a view for its callbacks
SCOPE = "x-scope"
View = TypeVar("View", bound=Callable[..., Any])
NO_CONTENT = "204"
_READING = frozenset({"get", "head"})


def document(
    view: Callable[..., Any],
    *,
    secured: bool = False,
    responses: Sequence[int] = (),
    parameters: Sequence[Mapping[str, Any]] = (),
    answer_headers: Mapping[str, Any] | None = None,
) -> None:
    """Note on a (freshly wrapped) view what its decorator may answer and reads from headers."""
    notes = _notes_of(view)
    notes["secured"] = secured or notes["secured"]
    notes["responses"] += [status for status in responses if status not in notes["responses"]]
    notes["parameters"] += parameters
    notes["headers"].update(answer_headers or {})


def welcomes_anybody(view: View) -> View:
    """Say of a view that it answers everybody, and who is signed in by what they may see.

    For views that ask `visitor_or_none`: a token they cannot use is refused, not passed over.
    """
    _notes_of(view)["optional"] = True
    document(view, responses=(401, 403))
    return view


def needs_scope(view: View, scope: str) -> View:
    """Say which scope a view wants where it is not the usual one of its service and method."""
    _notes_of(view)["scope"] = scope
    return view


def uncounted(view: View) -> View:
    """Say of a view that no limit of requests holds for it."""
    _notes_of(view)["counted"] = False
    return view


def reads_header(name: str, description: str) -> Callable[[View], View]:
    """Say of a view that it reads a header which callers may leave out."""
    told = {"name": name, "in": "header", "required": False, "description": description}

    def decorate(view: View) -> View:
        document(view, parameters=[{**told, "schema": {"type": "string"}}])
        return view

    return decorate


def add_to_operation(
    doc: dict[str, Any], doc_info: dict[str, Any], *, app: Flask, method: str, **_: Any
) -> dict[str, Any]:
    """Add the notes to an OpenAPI operation; a flask-smorest documentation callback."""
    notes = {**_nothing(), **doc_info.get(KEY, {})}
    responses = doc.setdefault("responses", {})
    always = [429] if notes["counted"] else []
    for status in [*always, *notes["responses"], *_of_body(doc)]:
        responses.setdefault(str(status), HTTPStatus(status).name)
    if notes["parameters"]:
        doc["parameters"] = [*doc.get("parameters", ()), *notes["parameters"]]
    usual = f"{app.extensions['atrium_service']}:{'read' if method in _READING else 'write'}"
    doc.update(_sign_in(notes, usual))
    _add_headers(responses, {**notes["headers"], **(named(*COUNTED) if notes["counted"] else {})})
    return doc


def _notes_of(view: Callable[..., Any]) -> dict[str, Any]:
    apidoc = deepcopy(getattr(view, "_apidoc", {}))  # the view it wraps keeps its own
    view._apidoc = apidoc  # type: ignore[attr-defined]  # noqa: SLF001 flask-smorest's own name
    notes: dict[str, Any] = apidoc.setdefault(KEY, _nothing())
    return notes


def _nothing() -> dict[str, Any]:
    return {
        "secured": False,
        "optional": False,
        "counted": True,
        "responses": [],
        "parameters": [],
        "headers": {},
    }


def _sign_in(notes: Mapping[str, Any], usual_scope: str) -> dict[str, Any]:
    if not (notes["secured"] or notes["optional"]):
        return {}
    security: list[dict[str, Any]] = [{"bearer": []}] if notes["secured"] else [{}, {"bearer": []}]
    return {"security": security, SCOPE: notes.get("scope", usual_scope)}


def _of_body(doc: Mapping[str, Any]) -> Sequence[int]:
    return (400, 413, 415) if "requestBody" in doc else ()


def _add_headers(responses: dict[Any, Any], headers: Mapping[str, Any]) -> None:
    for status, response in responses.items():
        if headers and str(status).startswith("2") and isinstance(response, dict):
            response.setdefault("headers", {}).update(headers)
            if str(status) == NO_CONTENT:
                response["headers"].pop("ETag", None)  # what is gone has no version

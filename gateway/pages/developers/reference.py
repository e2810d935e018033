"""An OpenAPI 3.1 document as a page shows it: operations by tag, with everything they take."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gateway.pages.developers.examples import Examples
from gateway.pages.developers.lines import address_of, headers_of, request_line
from gateway.pages.developers.shapes import Row, Schema, bounds_of, kind_of, rows_of
from gateway.pages.developers.shapes import reference_in as reference

METHODS = ("get", "post", "put", "patch", "delete")
LAST_TAGS = ("health", "metrics", "operations", "message_log", "dead_letters")


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent or answered: its media type, its schema, an example."""

    media_type: str
    kind: str
    refers_to: str | None
    example: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer."""

    status: str
    description: str
    body: Body | None
    headers: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing a service can be asked."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    secured: bool
    optional: bool
    """Whether it answers without a token too, but otherwise."""
    scope: str
    parameters: Sequence[tuple[str, Row]]
    body: Body | None
    replies: Sequence[Reply]
    curl: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A whole document: operations by tag, and every schema they speak of."""

    title: str
    version: str
    general: Sequence[str]
    """What holds for all of it, in paragraphs."""
    groups: Mapping[str, Sequence[Operation]]
    schemas: Mapping[str, Sequence[Row]]


def reference_from(
    document: Mapping[str, Any], public_url: str, today: date, known: Mapping[str, str]
) -> Reference:
    """Return what a page shows of an OpenAPI document.

    Examples are about days to come, and about the `known` ids where a name is one of theirs.
    """
    schemas = document.get("components", {}).get("schemas", {})
    reader = _Reader(document, public_url.rstrip("/"), Examples(schemas, today, known))
    groups: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                tag = (methods[method].get("tags") or [""])[0]
                shared = methods.get("parameters", [])
                operation = reader.operation(path, method, methods[method], shared)
                groups.setdefault(tag, []).append(operation)
    order = sorted(groups, key=lambda tag: (tag in LAST_TAGS, list(groups).index(tag)))
    return Reference(
        title=document["info"]["title"],
        version=document["info"]["version"],
        general=document["info"].get("description", "").strip().split("\n\n"),
        groups={tag: groups[tag] for tag in order},
        schemas={name: rows_of(schema) for name, schema in sorted(reader.schemas.items())},
    )


class _Reader:
    def __init__(self, document: Mapping[str, Any], public_url: str, examples: Examples) -> None:
        components = document.get("components", {})
        self.schemas: Mapping[str, Schema] = components.get("schemas", {})
        self._components = components
        self._public_url = public_url
        self._examples = examples

    def operation(
        self, path: str, method: str, told: Mapping[str, Any], shared: Sequence[Any]
    ) -> Operation:
        parameters = [self._resolved(one) for one in [*shared, *told.get("parameters", ())]]
        body = self._body(self._resolved(told.get("requestBody", {})))
        ways: Sequence[Mapping[str, Any]] = told.get("security", ())
        secured = bool(ways) and {} not in ways
        return Operation(
            anchor=anchor(method, path),
            method=method.upper(),
            path=path,
            summary=told.get("summary", ""),
            description=told.get("description", ""),
            secured=secured,
            optional={} in ways,
            scope=told.get("x-scope", ""),
            parameters=[(one["in"], _parameter(one)) for one in parameters],
            body=body,
            replies=[
                self._reply(status, self._resolved(answer))
                for status, answer in sorted(told.get("responses", {}).items())
                if status != "default"
            ],
            curl=self._curl(path, method, told, parameters),
        )

    def _reply(self, status: str, answer: Mapping[str, Any]) -> Reply:
        return Reply(
            status,
            answer.get("description", ""),
            self._body(answer),
            list(answer.get("headers", ())),
        )

    def _body(self, told: Mapping[str, Any]) -> Body | None:
        for media_type, content in told.get("content", {}).items():
            schema = content.get("schema", {})
            example = json.dumps(self._examples.of(schema), indent=2, ensure_ascii=False)
            return Body(media_type, kind_of(schema), reference(schema), example)
        return None

    def _resolved(self, told: Mapping[str, Any]) -> Mapping[str, Any]:
        if "$ref" not in told:
            return told
        _, _, kind, name = told["$ref"].split("/")
        found: Mapping[str, Any] = self._components[kind][name]
        return found

    def _curl(
        self,
        path: str,
        method: str,
        told: Mapping[str, Any],
        parameters: Sequence[Mapping[str, Any]],
    ) -> str:
        body = self._body(self._resolved(told.get("requestBody", {})))
        sent = None
        if body is not None:
            is_json = body.media_type == "application/json"
            sent = json.loads(body.example) if is_json else "people.csv"
        return request_line(
            method,
            self._public_url + address_of(path, parameters, self._examples),
            secured=bool(told.get("security")),
            headers=headers_of(parameters, self._examples),
            body=sent,
        )


def anchor(method: str, path: str) -> str:
    """Return what an operation is called in the address of its place on the page."""
    return "-".join([method, *re.findall(r"\w+", path)])


def _parameter(told: Mapping[str, Any]) -> Row:
    schema = told.get("schema", {})
    return Row(
        name=told["name"],
        kind=kind_of(schema),
        refers_to=None,
        required=bool(told.get("required")),
        description=str(told.get("description", "")),
        bounds=bounds_of(schema),
    )

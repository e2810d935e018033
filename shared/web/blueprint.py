"""The blueprint every service declares its operations on: strict input, honest documentation."""

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

import marshmallow
from flask import Request
from flask.views import MethodView
from flask_smorest import Blueprint as SmorestBlueprint
from webargs import missing
from webargs.flaskparser import FlaskParser

from shared.kernel.refusal import Violation
from shared.web.field_messages import translated
from shared.web.operation import add_to_operation, document
from shared.web.problems import HttpProblem
from shared.web.strict_json import invalid_field, read_json, refuse_unstorable


class StrictParser(FlaskParser):
    """Reads bodies and queries for `blueprint.arguments`; what it refuses names the field."""

    # A misspelt query parameter must not pass silently.
    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 webargs declares it without ClassVar
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "json": marshmallow.RAISE,
        "query": marshmallow.RAISE,
    }

    def load_json(self, req: Request, schema: marshmallow.Schema) -> Any:  # noqa: ARG002 webargs' signature
        """Return the JSON body, or `missing` when there is none; raises HttpProblem 400, 415."""
        body = req.get_data(cache=True)
        if not body:
            return missing
        charset = req.mimetype_params.get("charset", "utf-8").lower()
        if req.mimetype != "application/json" or charset not in {"utf-8", "utf8"}:
            raise HttpProblem("unsupported_media_type", 415)
        return read_json(body)

    def load_querystring(self, req: Request, schema: marshmallow.Schema) -> Any:
        """Return the query; raises HttpProblem 422 for text that cannot be kept."""
        if "%00" in req.environ.get("QUERY_STRING", ""):
            refuse_unstorable(req.args.to_dict(flat=False), "query")
        return super().load_querystring(req, schema)

    def handle_error(self, error: marshmallow.ValidationError, *_: Any, **__: Any) -> NoReturn:
        """Raise HttpProblem 422 with one violation per field."""
        violations = list(_violations(error.messages))
        raise HttpProblem("invalid_input", 422, violations=violations) from error


class Blueprint(SmorestBlueprint):
    """A flask-smorest blueprint; its `url_prefix` is relative to /api/<service>/v1."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take what flask-smorest's blueprint takes."""
        super().__init__(*args, **kwargs)
        self._prepare_doc_cbks.append(add_to_operation)

    def arguments(self, schema: Any, **kwargs: Any) -> Any:
        """Read what a schema takes; one of it serves all requests, for making it takes time."""
        return super().arguments(schema() if isinstance(schema, type) else schema, **kwargs)

    def add_url_rule(
        self, rule: str, endpoint: str | None = None, view_func: Any = None, **options: Any
    ) -> None:
        """Declare a route; one with a variable part may always answer 404."""
        if "<" in rule:
            for view in _views_of(view_func):
                document(view, responses=(404,))
        super().add_url_rule(rule, endpoint, view_func, **options)


def _views_of(view_func: Any) -> list[Any]:
    if isinstance(view_func, type) and issubclass(view_func, MethodView):
        return [getattr(view_func, name.lower()) for name in view_func.methods or ()]
    return [view_func]


def _violations(messages: Any) -> Iterator[Violation]:
    for location, fields in dict(messages).items():
        for path, message in _flat(fields, ""):
            yield invalid_field(location, path, translated(message))


def _flat(messages: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            own = "" if name == "_schema" else str(name)
            yield from _flat(inner, f"{path}.{own}" if path and own else path or own)
    elif isinstance(messages, list):
        yield from ((path, str(message)) for message in messages)
    else:
        yield path, str(messages)

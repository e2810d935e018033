"""The OpenAPI 3.1 document every service publishes about itself."""

from http import HTTPStatus
from typing import Any

import marshmallow
from flask import Flask
from flask_smorest import Api
from marshmallow import fields

from shared.web.problems import CONTENT_TYPE

SECURITY = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "A short-lived access token from the gateway (RFC 9068, Ed25519).",
    }
}


class ViolationSchema(marshmallow.Schema):
    """One rule that was not met."""

    code = fields.String(required=True)
    message = fields.String(required=True)
    numbers = fields.Dict(required=True)
    field = fields.String(metadata={"description": "The field, when one is to blame."})


class ProblemSchema(marshmallow.Schema):
    """RFC 9457: why the answer is no; further members may follow, such as `alternatives`."""

    class Meta:
        """Extensions are allowed (RFC 9457, 3.2)."""

        unknown = marshmallow.INCLUDE

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    instance = fields.String(required=True)
    code = fields.String(required=True, metadata={"description": "Stable, for programs."})
    numbers = fields.Dict(required=True)
    violations = fields.List(fields.Nested(ViolationSchema), required=True)


class ServiceApi(Api):
    """flask-smorest's Api, with our problems in place of its errors."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """Leave errors to shared.web.problem_handlers."""

    def _register_pagination_header(self) -> None:
        """Leave paging to shared.web.paging."""

    def _register_responses(self) -> None:
        """Offer a problem response for every status, to be referred to by its name."""
        for name, description in _problem_responses():
            content = {CONTENT_TYPE: {"schema": ProblemSchema}}
            response = {"description": description, "content": content}
            self.spec.components.response(name, response, lazy=True)
        nothing = {"description": HTTPStatus.NOT_MODIFIED.phrase}
        self.spec.components.response(HTTPStatus.NOT_MODIFIED.name, nothing, lazy=True)


def _problem_responses() -> list[tuple[str, str]]:
    named = [(status.name, status.phrase) for status in HTTPStatus if status >= 400]
    return [*named, ("DEFAULT_ERROR", "A problem")]


def make_api(app: Flask, name: str, title: str, version: str) -> ServiceApi:
    """Return the Api of a service, its document at /api/<name>/v1/openapi.json."""
    spec: dict[str, Any] = {
        "API_TITLE": title,
        "API_VERSION": version,
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": f"/api/{name}/v1",
        "API_SPEC_OPTIONS": {"components": {"securitySchemes": SECURITY}},
    }
    app.config.update(spec)
    return ServiceApi(app)

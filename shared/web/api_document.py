"""The OpenAPI 3.1 document every service publishes about itself."""

from http import HTTPStatus
from threading import RLock
from typing import Any

import marshmallow
from apispec import APISpec
from flask import Flask
from flask_smorest import Api
from marshmallow import fields

from shared.web.answer_headers import HEADERS, OF_STATUS, named
from shared.web.api_general import IN_GENERAL, SERVERS
from shared.web.blueprint import Blueprint
from shared.web.meanings import ExplainedPaths, Meanings, field_meanings
from shared.web.problems import CONTENT_TYPE

SECURITY = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "A short-lived access token from the gateway (RFC 9068, Ed25519).",
    }
}


NUMBERS = {"description": "What the sentence is made from, by the names in its braces."}


class ViolationSchema(marshmallow.Schema):
    """One rule that was not met."""

    code = fields.String(required=True, metadata={"description": "Stable, for programs."})
    message = fields.String(required=True, metadata={"description": "The reason, for people."})
    numbers = fields.Dict(required=True, metadata=NUMBERS)
    field = fields.String(metadata={"description": "The field, when one is to blame."})


class ProblemSchema(marshmallow.Schema):
    """RFC 9457: why the answer is no; further members may follow, such as `alternatives`."""

    class Meta:
        """Extensions are allowed (RFC 9457, 3.2)."""

        unknown = marshmallow.INCLUDE

    type = fields.String(
        required=True, metadata={"description": "The page about the code: /problems/<code>."}
    )
    title = fields.String(required=True, metadata={"description": "The status in words."})
    status = fields.Integer(required=True, metadata={"description": "The status once more."})
    detail = fields.String(required=True, metadata={"description": "The code as a sentence."})
    instance = fields.String(
        required=True, metadata={"description": "This one request, as logs name it."}
    )
    code = fields.String(required=True, metadata={"description": "Stable, for programs."})
    numbers = fields.Dict(required=True, metadata=NUMBERS)
    violations = fields.List(
        fields.Nested(ViolationSchema),
        required=True,
        metadata={"description": "Every single reason, where there are several."},
    )


class ServiceApi(Api):
    """flask-smorest's Api, with our problems in place of its errors.

    Operations are described when somebody asks for the document: that takes longer than all else
    an app does before it can answer, and most processes are never asked.
    """

    ERROR_SCHEMA = ProblemSchema
    # A `default` would stand for every status, and no answer could be an undocumented one.
    DEFAULT_ERROR_RESPONSE_NAME = None

    def __init__(self, app: Flask, meanings: Meanings) -> None:
        """Begin the document of an app, in which names mean this."""
        self._undescribed: list[Blueprint] = []
        self._describing = False
        self._one_describes = RLock()
        super().__init__(app, spec_kwargs={"flask_plugin": ExplainedPaths(meanings)})
        self.ma_plugin.converter.add_attribute_function(field_meanings(meanings))

    @property
    def spec(self) -> APISpec:
        """The document, with everything registered so far.

        What cannot be described stays waiting: whoever asks next meets the error again, and never
        a document with a part missing.
        """
        with self._one_describes:
            if not self._describing:  # what is described asks for the document again
                self._describing = True
                try:
                    self._describe_all()
                finally:
                    self._describing = False
        return self._spec

    @spec.setter
    def spec(self, begun: APISpec) -> None:
        self._spec = begun

    def register_blueprint(self, blueprint: Blueprint, *, url_prefix: str) -> None:
        """Serve the operations of a blueprint; no two of an app have the same name."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blueprint.name] = self
        self._app.register_blueprint(blueprint, url_prefix=url_prefix)
        self._undescribed.append(blueprint)

    def _describe_all(self) -> None:
        while self._undescribed:
            self._describe(self._undescribed[0])
            self._undescribed.pop(0)

    def _describe(self, blueprint: Blueprint) -> None:
        name = blueprint.name
        blueprint.register_views_in_doc(self, self._app, self._spec, name=name, parameters=None)
        self._spec.tag({"name": name, "description": blueprint.description})

    def _register_error_handlers(self) -> None:
        """Leave errors to shared.web.problem_handlers."""

    def _register_pagination_header(self) -> None:
        """Leave paging to shared.web.paging."""

    def _register_responses(self) -> None:
        """Offer a problem response for every status, to be referred to by its name."""
        for name, header in HEADERS.items():
            self.spec.components.header(name, dict(header), lazy=True)
        for status in HTTPStatus:
            if status >= 400 or status == HTTPStatus.NOT_MODIFIED:
                self.spec.components.response(status.name, _response_of(status), lazy=True)


def _response_of(status: HTTPStatus) -> dict[str, Any]:
    told: dict[str, Any] = {"description": status.phrase}
    if headers := named(*OF_STATUS.get(status, ())):
        told["headers"] = headers
    if status >= 400:
        told["content"] = {CONTENT_TYPE: {"schema": ProblemSchema}}
    return told


def make_api(app: Flask, *, name: str, title: str, version: str, meanings: Meanings) -> ServiceApi:
    """Return the Api of a service, its document at /api/<name>/v1/openapi.json."""
    spec: dict[str, Any] = {
        "API_TITLE": title,
        "API_VERSION": version,
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": f"/api/{name}/v1",
        "API_SPEC_OPTIONS": {
            "info": {"description": IN_GENERAL.replace("<service>", name)},
            "servers": SERVERS,
            "components": {"securitySchemes": SECURITY},
        },
    }
    app.config.update(spec)
    return ServiceApi(app, meanings.with_shared())

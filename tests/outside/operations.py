"""Every operation and every page there is, read from the apps: nothing that lands is left out."""

import importlib
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import Flask

from services.engagement.config import LedgerSettings
from shared.web.settings import WebSettings
from tests.support.gateway_builders import SECRET

SERVICES = ("booking", "events", "engagement", "gateway")
UNUSED = {"database_url": "postgresql://nobody@localhost/nothing", "broker_url": "unused"}
MORE: dict[str, dict[str, Any]] = {
    "engagement": {
        "ledger": LedgerSettings(pseudonym_key="a key of the tests that is long enough")
    },
    "gateway": {"secret": SECRET},
}


@dataclass(frozen=True)
class Operation:
    """A method of a path of a service."""

    service: str
    method: str
    path: str
    """As the document writes it: `/api/booking/v1/spaces/{space_id}`."""

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def documented(self) -> dict[str, Any]:
        """What the document says about it."""
        found: dict[str, Any] = document(self.service)["paths"][self.path][self.method.lower()]
        return found

    @property
    def path_names(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)

    @property
    def takes_anything(self) -> bool:
        """Whether a request can be wrong in more than its address: a token is input as well."""
        said = self.documented
        return bool(
            self.path_names
            or said.get("parameters")
            or said.get("requestBody")
            or said.get("security")
        )

    @property
    def takes_json(self) -> bool:
        return "application/json" in self.documented.get("requestBody", {}).get("content", {})


@cache
def app(service: str) -> Flask:
    """An app that serves its document; nothing else is asked of it."""
    at = "gateway" if service == "gateway" else f"services.{service}"
    settings = importlib.import_module(f"{at}.config").Settings
    web = WebSettings(jwks="unused", rate_limit=0, log_level="critical")
    made: Flask = importlib.import_module(f"{at}.app").create_app(
        settings(**UNUSED, web=web, **MORE.get(service, {}))
    )
    return made


@cache
def document(service: str) -> dict[str, Any]:
    """The OpenAPI document of a service."""
    answer = app(service).test_client().get(f"/api/{service}/v1/openapi.json")
    found: dict[str, Any] = json.loads(answer.data)
    return found


@cache
def operations() -> tuple[Operation, ...]:
    """All of them."""
    return tuple(
        Operation(service, method.upper(), path)
        for service in SERVICES
        for path, methods in document(service)["paths"].items()
        for method in methods
        if method in {"get", "put", "post", "delete", "patch"}
    )


@cache
def pages(method: str = "GET") -> tuple[str, ...]:
    """The gateway's pages, written like the paths of documents."""
    rules = app("gateway").url_map.iter_rules()
    return tuple(
        sorted(
            re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", r"{\1}", rule.rule)
            for rule in rules
            if method in (rule.methods or ()) and not rule.rule.startswith("/api/")
        )
    )


def names(found: tuple[Operation, ...]) -> list[str]:
    return [one.name for one in found]

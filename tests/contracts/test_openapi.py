"""What services publish about themselves is valid OpenAPI 3.1."""

import importlib
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from shared.web.settings import WebSettings
from tests.support.tokens import write_jwks

NOWHERE = {"database_url": "postgresql://nowhere/none", "broker_url": "pgmq://nowhere/none"}
SECRET = "a secret of the tests that is long enough"


def document_of(service: str, jwks: str) -> dict[str, Any]:
    """Return a service's document; no database is needed for it."""
    package = service if service == "gateway" else f"services.{service}"
    config = importlib.import_module(f"{package}.config")
    more: dict[str, Any] = {}
    if service == "gateway":
        more = {"secret": SECRET}
    if service == "engagement":
        more = {"ledger": config.LedgerSettings(pseudonym_key=SECRET)}
    settings = config.Settings(**NOWHERE, web=WebSettings(jwks=jwks, rate_limit=0), **more)
    app = importlib.import_module(f"{package}.app").create_app(settings)
    return app.test_client().get(f"/api/{service}/v1/openapi.json").get_json()


@pytest.mark.parametrize("service", ["gateway", "booking", "events", "engagement"])
def test_the_document_is_valid_openapi_3_1(service: str, tmp_path: Path) -> None:
    document = document_of(service, write_jwks(tmp_path))
    assert document["openapi"].startswith("3.1.")
    faults = [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()]
    assert faults == []


def test_a_document_that_is_not_valid_is_noticed() -> None:
    without_version = {"openapi": "3.1.0", "info": {"title": "x"}, "paths": {}}
    assert list(OpenAPIV31SpecValidator(without_version).iter_errors())


@pytest.mark.parametrize("service", ["gateway", "booking", "events", "engagement"])
def test_every_parameter_says_what_it_means(service: str, tmp_path: Path) -> None:
    silent = [
        f"{method} {path}: {one['name']}"
        for path, methods in document_of(service, write_jwks(tmp_path))["paths"].items()
        for method, told in methods.items()
        for one in (told if method == "parameters" else told.get("parameters", ()))
        if not one.get("description")
    ]
    assert silent == []


@pytest.mark.parametrize("service", ["gateway", "booking", "events", "engagement"])
def test_the_head_of_a_document_says_what_holds_everywhere(service: str, tmp_path: Path) -> None:
    document = document_of(service, write_jwks(tmp_path))
    assert f"`{service}:read`" in document["info"]["description"]
    assert document["servers"][0]["url"] == "/"

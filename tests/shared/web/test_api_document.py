"""The OpenAPI document says what the decorators do, since it is they who write it."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from shared.web.problems import CONTENT_TYPE
from shared.web.service_app import ServiceDescription, create_service_app
from shared.web.settings import WebSettings
from tests.shared.web.notes_app import BASE, create_notes_app

PROBLEM = {"$ref": "#/components/schemas/Problem"}


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    return client.get(f"{BASE}/openapi.json").json


def operation(document: dict[str, Any], path: str, method: str) -> dict[str, Any]:
    return document["paths"][f"{BASE}{path}"][method]


def header_names(operation: dict[str, Any]) -> dict[str, bool]:
    parameters = operation.get("parameters", [])
    return {one["name"]: one["required"] for one in parameters if one["in"] == "header"}


def test_it_is_openapi_3_1_with_bearer_tokens(document: dict[str, Any]):
    assert document["openapi"] == "3.1.0"
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


def test_a_post_documents_its_key_its_token_and_every_no(document: dict[str, Any]):
    post = operation(document, "/notes", "post")
    assert header_names(post) == {"Idempotency-Key": True}
    assert post["security"] == [{"bearer": []}]
    expected = {"201", "400", "401", "403", "409", "413", "415", "422", "429"}
    assert set(post["responses"]) == expected
    assert "Idempotency-Replayed" in post["responses"]["201"]["headers"]


def test_a_conditional_change_documents_its_versions(document: dict[str, Any]):
    patch = operation(document, "/notes/{note_id}", "patch")
    assert header_names(patch) == {"If-Match": True}
    assert {"404", "412", "428"} <= set(patch["responses"])
    get = operation(document, "/notes/{note_id}", "get")
    assert header_names(get) == {"If-None-Match": False}
    assert "304" in get["responses"]
    assert "security" not in get
    assert "ETag" in get["responses"]["200"]["headers"]


def test_what_could_not_be_described_is_tried_again_and_never_left_out(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    api = client.application.extensions["atrium_api"]

    def fails(_blueprint: object) -> None:
        raise ValueError("not describable")

    with monkeypatch.context() as failing:
        failing.setattr(api, "_describe", fails)
        for _ in range(2):
            with pytest.raises(ValueError, match="not describable"):
                api.spec.to_dict()
    assert operation(client.get(f"{BASE}/openapi.json").json, "/notes", "post")


def test_every_no_is_a_problem(document: dict[str, Any]):
    for name, response in document["components"]["responses"].items():
        if name != "NOT_MODIFIED":
            assert response["content"] == {CONTENT_TYPE: {"schema": PROBLEM}}, name
    assert document["components"]["schemas"]["Problem"]["additionalProperties"] is True


def test_no_route_is_undocumented(engine: Engine, jwks: str, document: dict[str, Any]):
    app = create_notes_app(engine, jwks)
    routes = {
        (re.sub(r"<[^>]*:(\w+)>", r"{\1}", str(rule)), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not str(rule).endswith("openapi.json")
    }
    documented = {(path, method) for path, known in document["paths"].items() for method in known}
    assert routes == {(path, method) for path, method in documented if method != "parameters"}


def test_two_apps_from_one_module_do_not_disturb_each_other(engine: Engine, jwks: str):
    first, second = (create_notes_app(engine, jwks).test_client() for _ in range(2))
    assert first.get(f"{BASE}/openapi.json").data == second.get(f"{BASE}/openapi.json").data


def test_a_page_outside_the_api_may_answer_its_own_errors(engine: Engine, jwks: str):
    description = ServiceDescription(
        name="desk",
        import_name=__name__,
        title="Desk",
        blueprints=[],
        page_error=lambda error, status: (f"<h1>{type(error).__name__}</h1>", status),
    )
    app = create_service_app(description, engine=engine, settings=WebSettings(jwks=jwks))
    page, problem = (app.test_client().get(path) for path in ("/nothing", "/api/nothing"))
    assert (page.status_code, page.text) == (404, "<h1>NotFound</h1>")
    assert problem.content_type == CONTENT_TYPE


def test_a_foreign_blueprint_is_refused_at_once(engine: Engine, jwks: str):
    from flask_smorest import Blueprint  # noqa: PLC0415 the wrong one, used nowhere else

    description = ServiceDescription(
        name="desk",
        import_name=__name__,
        title="Desk",
        blueprints=[Blueprint("x", __name__)],  # type: ignore[list-item]  # the mistake under test
    )
    with pytest.raises(TypeError, match="Blueprint"):
        create_service_app(description, engine=engine, settings=WebSettings(jwks=jwks))


def test_every_operation_with_sign_in_names_its_scope(document: dict[str, Any]):
    assert operation(document, "/notes", "post")["x-scope"] == "notes:write"
    assert operation(document, "/notes", "get")["x-scope"] == "notes:read"
    assert operation(document, "/log", "get")["x-scope"] == "log:read"
    assert "x-scope" not in operation(document, "/notes/{note_id}", "get")

"""Every code a program may meet can be looked up, in both languages, without signing in."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from shared.web.service_app import ServiceDescription, create_service_app
from shared.web.settings import WebSettings
from tests.shared.web.notes_app import BASE, WORDING


@pytest.fixture
def codes(client: FlaskClient) -> dict[str, Any]:
    return {one["code"]: one for one in client.get(f"{BASE}/problems").json["items"]}


def test_own_codes_and_those_of_every_service_are_listed_by_name(codes: dict[str, Any]):
    assert list(codes) == sorted(codes)
    own = codes["too_many_notes"]
    assert own == {
        "code": "too_many_notes",
        "common": False,
        "sentences": WORDING["too_many_notes"],
    }
    assert codes["rate_limited"]["common"]
    assert "zh-CN" in codes["rate_limited"]["sentences"]


def test_the_list_may_be_kept_for_an_hour(client: FlaskClient):
    answer = client.get(f"{BASE}/problems")
    assert answer.headers["Cache-Control"] == "public, max-age=3600"


def test_words_that_are_no_codes_are_not_listed(engine: Engine, jwks: str):
    description = ServiceDescription(
        name="desk",
        import_name=__name__,
        title="Desk",
        blueprints=[],
        labels={"column_name": {"en": "Name", "zh-CN": "姓名"}},
    )
    app = create_service_app(description, engine=engine, settings=WebSettings(jwks=jwks))
    listed = app.test_client().get("/api/desk/v1/problems").json["items"]
    assert "column_name" not in {one["code"] for one in listed}

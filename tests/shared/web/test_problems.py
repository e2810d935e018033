"""Every no is a problem: one shape, a code, the caller's language, and nothing of our insides."""

import json
import re
from pathlib import Path

import psycopg
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.test import TestResponse

from shared.web import problems, wording
from tests.shared.web import notes_app
from tests.shared.web.notes_app import BASE, create_notes_app
from tests.support.tokens import bearer
from tests.support.wording import faults_in, refusal_codes, unworded

NOTES = f"{BASE}/notes"
MEMBERS = {"type", "title", "status", "detail", "instance", "code", "numbers", "violations"}


def post(client: FlaskClient, body: bytes | str, content_type: str | None = "application/json"):
    headers = bearer() | {"Idempotency-Key": "k"}
    return client.post(NOTES, data=body, content_type=content_type, headers=headers)


def is_problem(answer: TestResponse, status: int, code: str) -> bool:
    body = json.loads(answer.data)
    assert answer.content_type == "application/problem+json"
    assert set(body) >= MEMBERS
    assert body["type"] == f"/problems/{body['code']}"
    assert body["status"] == answer.status_code
    assert not re.search(r"Traceback|SELECT|/srv/|\.py", answer.text)
    return (answer.status_code, body["code"]) == (status, code)


@pytest.mark.parametrize("path", [f"{BASE}/nothing", "/", "/api/other", f"{NOTES}/\x00", "/%00"])
def test_what_is_not_there_is_404(client: FlaskClient, path: str):
    assert is_problem(client.get(path), 404, "not_found")


def test_another_method_is_405_and_says_which_are_allowed(client: FlaskClient):
    answer = client.delete(NOTES)
    assert is_problem(answer, 405, "method_not_allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_a_body_over_the_limit_is_413(client: FlaskClient):
    answer = post(client, b'{"text": "' + b"a" * 1024 * 1024 + b'"}')
    assert is_problem(answer, 413, "body_too_large")
    assert answer.json["numbers"] == {"limit_bytes": 1024 * 1024}


@pytest.mark.parametrize(
    "content_type", [None, "text/plain", "application/json; charset=latin-1", "application/xml"]
)
def test_another_kind_of_content_is_415(client: FlaskClient, content_type: str | None):
    assert is_problem(post(client, '{"text": "a"}', content_type), 415, "unsupported_media_type")


def test_our_own_mistake_is_500_and_shows_nothing(
    client: FlaskClient, capsys: pytest.CaptureFixture[str]
):
    answer = client.get(f"{NOTES}/broken", headers={"X-Request-Id": "a-known-number"})
    assert is_problem(answer, 500, "internal_error")
    assert "secret" not in answer.text
    logged = [line for line in capsys.readouterr().err.splitlines() if "request_failed" in line]
    assert json.loads(logged[0])["request_id"] == "a-known-number"
    assert "RuntimeError" in json.loads(logged[0])["exception"]


def test_a_refusal_carries_its_numbers_every_rule_and_what_else_it_offers(client: FlaskClient):
    answer = post(client, '{"text": "too many"}')
    assert is_problem(answer, 409, "too_many_notes")
    assert answer.json["detail"] == "You have 3 of 3 notes."
    assert answer.json["numbers"] == {"count": 3, "limit": 3}
    assert answer.json["alternatives"] == ["fewer"]
    assert [(v["code"], v["message"]) for v in answer.json["violations"]] == [
        ("too_many_notes", "You have 3 of 3 notes."),
        ("note_is_forbidden", "Such notes are refused."),
    ]
    assert answer.json["instance"] == f"urn:atrium:request:{answer.headers['X-Request-Id']}"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "en"),
        ("en-GB", "en"),
        ("zh", "zh-CN"),
        ("zh-Hans-CN,en;q=0.5", "zh-CN"),
        ("fr,zh-TW;q=0.3,en;q=0.1", "zh-CN"),
        ("fr", "en"),
        ("zh;q=0", "en"),
        (";;;,=", "en"),
    ],
)
def test_the_answer_speaks_the_callers_language(
    client: FlaskClient, accepted: str | None, language: str
):
    headers = {} if accepted is None else {"Accept-Language": accepted}
    answer = client.get(f"{BASE}/nothing", headers=headers)
    assert answer.headers["Content-Language"] == language
    assert answer.json["detail"] == wording.COMMON["not_found"][language]
    assert "Accept-Language" in answer.headers["Vary"]


def test_fields_are_named_and_their_faults_told_in_chinese_too(client: FlaskClient):
    body = {"stars": "5", "due_at": "2026-11-24T10:00:00", "colour": "red"}
    headers = bearer() | {"Idempotency-Key": "k", "Accept-Language": "zh-CN"}
    answer = client.post(NOTES, json=body, headers=headers)
    assert is_problem(answer, 422, "invalid_input")
    assert {v["field"]: v["message"] for v in answer.json["violations"]} == {
        "text": "缺少必填内容。",
        "stars": "不是有效的整数。",
        "due_at": "必须注明与 UTC 的时差。",
        "colour": "未知字段。",
    }


def test_a_misspelt_query_parameter_is_refused(client: FlaskClient):
    answer = client.get(f"{NOTES}?limits=5", headers=bearer())
    assert is_problem(answer, 422, "invalid_input")
    assert answer.json["violations"][0]["field"] == "limits"


def test_every_common_code_has_words_in_both_languages():
    assert faults_in(wording.COMMON) == []
    assert faults_in(notes_app.WORDING) == []


def test_control_a_missing_language_and_differing_numbers_are_found():
    assert len(faults_in({"a": {"en": "{n}"}, "b": {"en": "{n}", "zh-CN": "{m}"}})) == 2
    assert unworded({"a": {}}, ["a", "b", "not_found"]) == ["b"]


def test_every_code_of_the_edge_has_words():
    source = "".join(path.read_text() for path in Path(problems.__file__).parent.glob("*.py"))
    used = set(re.findall(r'HttpProblem\(\s*"(\w+)"', source))
    assert len(used) > 10
    assert unworded({}, used | refusal_codes("shared.kernel")) == []


class TestDatabaseTrouble:
    """A database that is busy, away, or given what it cannot hold."""

    def answer(self, engine: Engine, jwks: str, trouble: Exception) -> TestResponse:
        def raise_it() -> None:
            raise trouble

        client = create_notes_app(engine, jwks, while_writing=raise_it).test_client()
        return post(client, '{"text": "a"}')

    @pytest.mark.parametrize(
        "trouble",
        [
            psycopg.errors.LockNotAvailable(),
            psycopg.errors.QueryCanceled(),
            psycopg.errors.DeadlockDetected(),
            psycopg.errors.AdminShutdown(),
            psycopg.OperationalError("connection refused"),
        ],
        ids=lambda trouble: type(trouble).__name__,
    )
    def test_busy_or_away_is_503_with_a_time_to_come_back(
        self, engine: Engine, jwks: str, trouble: psycopg.Error
    ):
        answer = self.answer(engine, jwks, OperationalError("SELECT 1", {}, trouble))
        assert is_problem(answer, 503, "temporarily_unavailable")
        assert int(answer.headers["Retry-After"]) > 0

    def test_a_value_it_cannot_hold_is_422(self, engine: Engine, jwks: str):
        trouble = DataError("SELECT 1", {}, psycopg.errors.NumericValueOutOfRange())
        assert is_problem(self.answer(engine, jwks, trouble), 422, "value_not_storable")

    def test_a_real_statement_timeout_is_503(self, engine: Engine, jwks: str):
        def wait_too_long() -> None:
            with engine.connect() as connection:
                connection.exec_driver_sql("SET LOCAL statement_timeout = 5")
                connection.exec_driver_sql("SELECT pg_sleep(5)")

        client = create_notes_app(engine, jwks, while_writing=wait_too_long).test_client()
        assert is_problem(post(client, '{"text": "a"}'), 503, "temporarily_unavailable")

"""JSON as RFC 8259 has it, and text that a database can keep."""

import json

import pytest
from flask.testing import FlaskClient

from shared.web.problems import HttpProblem
from shared.web.strict_json import read_json
from tests.shared.web.notes_app import BASE
from tests.support.tokens import bearer

NOTES = f"{BASE}/notes"
MALFORMED = {
    "empty word": b"nul",
    "NaN": b'{"a": NaN}',
    "Infinity": b"[-Infinity]",
    "not UTF-8": b'{"text": "\xff"}',
    "UTF-16": '{"text": "a"}'.encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf{}",
    "100,000 arrays": b"[" * 100_000,
    "100,000 objects": b'{"a":' * 100_000,
    "raw control character": b'{"text": "a\x00b"}',
    "trailing comma": b'{"text": "a",}',
    "single quotes": b"{'text': 'a'}",
    "two values": b"{}{}",
    "leading zero": b"[01]",
    "number of 5,000 digits": b"[" + b"9" * 5000 + b"]",
}


def post(client: FlaskClient, body: bytes):
    headers = bearer() | {"Idempotency-Key": "k"}
    return client.post(NOTES, data=body, content_type="application/json", headers=headers)


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_not_json_is_400(client: FlaskClient, name: str):
    answer = post(client, MALFORMED[name])
    assert (answer.status_code, answer.json["code"]) == (400, "malformed_json")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b'{"text": "a\\u0000b"}', "text"),
        (b'{"text": "\\ud800"}', "text"),
        (b'{"text": "\\uDFFFx"}', "text"),
        (b'{"stars": 9223372036854775808}', "stars"),
        (b'{"stars": -9223372036854775809}', "stars"),
        (b'{"stars": 1e999}', "stars"),
        (b'{"more": [{"deep": ["ok", "\\u0000"]}]}', "more.0.deep.1"),
        (b'{"\\u0000": 1}', ""),
    ],
)
def test_what_cannot_be_kept_is_422_and_the_field_is_named(
    client: FlaskClient, body: bytes, field: str
):
    answer = post(client, body)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid_input")
    assert field in [violation["field"] for violation in answer.json["violations"]]


def test_a_surrogate_pair_and_other_escapes_are_plain_text():
    assert read_json(rb'"\ud83d\ude00 \u00e9 \\u0000"') == "😀 é \\u0000"


def test_the_largest_numbers_are_kept():
    for number in (2**63 - 1, -(2**63), 1e300, 0.1):
        assert read_json(json.dumps([number]).encode()) == [number]


def test_the_last_of_two_equal_keys_counts():
    assert read_json(b'{"a": 1, "a": 2}') == {"a": 2}


def test_deep_but_readable_nesting_is_no_crash(client: FlaskClient):
    assert post(client, b'{"text": ' + b"[" * 400 + b"]" * 400 + b"}").status_code == 422


@pytest.mark.parametrize("body", [b"[]", b"1", b'"text"', b"null", b"true"])
def test_a_body_that_is_no_object_is_422(client: FlaskClient, body: bytes):
    assert post(client, body).status_code == 422


def test_no_body_at_all_names_what_is_missing(client: FlaskClient):
    answer = client.post(NOTES, headers=bearer() | {"Idempotency-Key": "k"})
    assert answer.status_code == 422
    assert answer.json["violations"][0]["field"] == "text"


def test_a_nul_in_the_query_is_422(client: FlaskClient):
    answer = client.get(f"{NOTES}?cursor=a%00b", headers=bearer())
    assert (answer.status_code, answer.json["violations"][0]["field"]) == (422, "cursor.0")


def test_a_lone_surrogate_would_not_survive_the_database():
    with pytest.raises(HttpProblem):
        read_json(b'["\\ud800"]')
    with pytest.raises(UnicodeEncodeError):  # what psycopg would have met
        json.loads('"\\ud800"').encode()

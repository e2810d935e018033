"""Publishing and reading rules through the public door."""

from typing import Any
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.booking_builders import LIBRARY_ID, NOW, ROOM
from tests.support.tokens import bearer

PATH = "/api/booking/v1/rulebooks"


def as_somebody(*roles: str, **claims: Any) -> dict[str, str]:
    return bearer(UUID(int=3), now=NOW, roles=roles, **claims)


def publishing(client: FlaskClient, *roles: str, **body: Any) -> TestResponse:
    sent = {"library_id": str(LIBRARY_ID), "scope_type": "space", "scope_id": str(ROOM.id), **body}
    headers = as_somebody(*(roles or ("staff",))) | {"Idempotency-Key": str(uuid4())}
    return client.post(PATH, json=sent, headers=headers)


def test_a_published_rulebook_is_listed_with_every_default_written_out(client: FlaskClient) -> None:
    answer = publishing(client, body={"max_minutes": 90, "default_minutes": 60})
    assert answer.status_code == 201
    published = answer.get_json()
    assert published["version"] == 1
    assert (published["body"]["max_minutes"], published["body"]["window_days"]) == (90, 14)
    items = client.get(f"{PATH}?library_id={LIBRARY_ID}", headers=as_somebody("staff")).get_json()
    assert published in items["items"]


def test_every_mistake_in_a_body_is_named(client: FlaskClient) -> None:
    answer = publishing(client, body={"max_minuets": 1, "window_days": "x"})
    assert answer.status_code == 422
    problem = answer.get_json()
    assert problem["code"] == "rulebook_invalid"
    assert [one["message"] for one in problem["violations"]] == [
        "There is no rule called max_minuets.",
        "window_days must be a whole number from 0 to 3660.",
    ]


def test_scopes_that_are_not_there_are_404(client: FlaskClient) -> None:
    assert publishing(client, scope_id=str(uuid4()), body={}).status_code == 404
    assert publishing(client, scope_id="not a uuid", body={}).status_code == 404
    elsewhere = publishing(client, library_id=str(uuid4()), body={})
    assert elsewhere.status_code == 404


def test_only_staff_of_the_library_see_and_publish_rules(client: FlaskClient) -> None:
    assert publishing(client, "patron", body={}).status_code == 403
    query = f"{PATH}?library_id={LIBRARY_ID}"
    assert client.get(query, headers=as_somebody("patron")).status_code == 403
    elsewhere = as_somebody("staff", libraries=[uuid4()])
    assert client.get(query, headers=elsewhere).status_code == 403

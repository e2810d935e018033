"""Trying a draft of the rules: whom it would touch, without publishing anything."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from services.booking.queries import rule_preview
from tests.booking.api.test_desk_over_http import counting
from tests.booking.api.test_reserving_over_http import (
    ME,
    SOMEBODY,
    as_staff,
    reserved,
    reserving,
    signed_in,
)
from tests.support.booking_builders import LIBRARY_ID, NOW, OTHER_ROOM, ROOM, SEAT, hour

API = "/api/booking/v1/rulebooks"


def trying(client: FlaskClient, headers: dict[str, str] | None = None, **said: Any) -> TestResponse:
    scope = {
        "library_id": str(LIBRARY_ID),
        "scope_type": "library",
        "scope_id": str(LIBRARY_ID),
        "body": {},
    }
    return client.post(f"{API}/preview", json={**scope, **said}, headers=headers or as_staff())


def preview(client: FlaskClient, **said: Any) -> dict[str, Any]:
    answer = trying(client, **said)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    body: dict[str, Any] = answer.get_json()
    return body


def versions(client: FlaskClient) -> int:
    listed = client.get(f"{API}?library_id={LIBRARY_ID}", headers=as_staff()).get_json()
    return len(listed["items"])


def test_a_shorter_length_touches_who_reserved_longer(client: FlaskClient) -> None:
    reserved(client, ME, hours=3)
    reserved(client, SOMEBODY, hours=1, start=hour(14))
    before = versions(client)
    found = preview(client, body={"max_minutes": 120})
    assert found["spaces"] == 4
    for part in ("ahead", "refused"):
        assert found[part] == {
            "looked_at": 2,
            "differ": 1,
            "by_rule": {"too_long": 1},
            "by_class": {"?": 1},
        }
    assert versions(client) == before
    assert str(ME) not in trying(client, body={"max_minutes": 120}).get_data(as_text=True)


def test_a_quota_refuses_the_second_and_not_the_first(client: FlaskClient) -> None:
    reserved(client, ME)
    reserved(client, ME, start=hour(14))
    quota = {"unit": "count", "period": "day", "limit": 1}
    found = preview(client, body={"quotas": [quota]})
    assert found["ahead"]["by_rule"] == {"quota_count_day": 1}


def test_longer_lengths_would_have_allowed_what_was_refused_for_it_alone(
    client: FlaskClient,
) -> None:
    assert reserving(client, ME, hours=5).status_code == 409
    assert reserving(client, SOMEBODY, hours=5, party_size=99).status_code == 409
    found = preview(client, body={"max_minutes": 300})
    assert (found["allowed"]["looked_at"], found["allowed"]["differ"]) == (2, 1)
    assert found["allowed"]["by_rule"] == {"too_long": 1}


def test_a_draft_for_one_space_leaves_the_others_alone(client: FlaskClient) -> None:
    reserved(client, ME, space_id=str(OTHER_ROOM.id))
    scope = {"scope_type": "space", "scope_id": str(ROOM.id)}
    found = preview(client, **scope, body={"max_minutes": 15, "default_minutes": 15})
    assert (found["spaces"], found["ahead"]["looked_at"]) == (1, 0)


def test_what_a_narrower_rulebook_decides_is_not_touched(client: FlaskClient) -> None:
    scope = {"scope_type": "space", "scope_id": str(ROOM.id), "library_id": str(LIBRARY_ID)}
    headers = as_staff() | {"Idempotency-Key": str(uuid4())}
    assert client.post(API, json={**scope, "body": {}}, headers=headers).status_code == 201
    reserved(client, ME, hours=3)
    reserved(client, SOMEBODY, space_id=str(SEAT.id), hours=3)
    found = preview(client, body={"max_minutes": 120})
    assert (found["spaces"], found["ahead"]["differ"]) == (3, 1)


def test_the_number_of_questions_does_not_grow_with_the_reservations(client: FlaskClient) -> None:
    engine: Engine = client.application.extensions["atrium_engine"]
    reserved(client, ME)
    preview(client)
    with counting(engine) as few:
        preview(client)
    for number in range(8):
        reserved(client, UUID(int=30 + number), start=hour(11 + number))
    with counting(engine) as many:
        preview(client)
    assert len(many) == len(few)


def test_only_the_latest_are_looked_at_when_there_are_many(
    client: FlaskClient, monkeypatch: Any
) -> None:
    monkeypatch.setattr(rule_preview, "MOST_CASES", 2)
    for number in range(3):
        reserved(client, UUID(int=30 + number), start=hour(11 + number))
    found = preview(client)
    assert (found["complete"], found["ahead"]["looked_at"]) == (False, 2)
    assert datetime.fromisoformat(found["looked_from"]) == NOW


def test_a_preview_says_since_when_it_looked(client: FlaskClient) -> None:
    found = preview(client, days=10)
    assert found["complete"]
    assert datetime.fromisoformat(found["looked_from"]) == NOW - timedelta(days=10)


def test_a_draft_that_makes_no_sense_and_a_scope_that_is_not_there_are_said(
    client: FlaskClient,
) -> None:
    assert trying(client, body={"max_minuets": 1}).get_json()["code"] == "rulebook_invalid"
    assert trying(client, scope_type="space", scope_id=str(uuid4())).status_code == 404
    assert trying(client, days=1000).status_code == 422


def test_only_the_librarys_staff_try_drafts(client: FlaskClient) -> None:
    elsewhere = signed_in(UUID(int=9), roles=["staff"], libraries=[str(uuid4())])
    assert trying(client, signed_in()).status_code == 403
    assert trying(client, elsewhere).status_code == 403

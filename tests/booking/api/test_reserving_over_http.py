"""Reserve, look, change, cancel, arrive and leave through the public door."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from shared.kernel.clock import SetClock
from shared.kernel.rotating_code import code_at
from tests.support.booking_builders import LIBRARY_ID, NOW, OTHER_ROOM, ROOM, hour
from tests.support.tokens import bearer

PATH = "/api/booking/v1/reservations"
ME, SOMEBODY, STAFF = UUID(int=1), UUID(int=2), UUID(int=3)


def signed_in(person: UUID = ME, **claims: Any) -> dict[str, str]:
    return bearer(person, now=NOW, lifetime_seconds=10 * 24 * 3600, **claims)


def as_staff() -> dict[str, str]:
    return signed_in(STAFF, roles=["staff"])


def reserving(
    client: FlaskClient,
    person: UUID = ME,
    *,
    start: datetime | None = None,
    hours: float = 1,
    key: str | None = None,
    language: str = "en",
    **body: Any,
) -> TestResponse:
    starts_at = start or hour(10)
    sent = {
        "space_id": str(ROOM.id),
        "starts_at": starts_at.isoformat(),
        "ends_at": (starts_at + timedelta(hours=hours)).isoformat(),
        **body,
    }
    headers = {"Idempotency-Key": key or str(uuid4()), "Accept-Language": language}
    return client.post(PATH, json=sent, headers=signed_in(person) | headers)


def reserved(client: FlaskClient, person: UUID = ME, **asked: Any) -> dict[str, Any]:
    answer = reserving(client, person, **asked)
    assert answer.status_code == 201, answer.get_data(as_text=True)
    body: dict[str, Any] = answer.get_json()
    return body


def said(client: FlaskClient) -> list[str]:
    engine: Engine = client.application.extensions["atrium_engine"]
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT type FROM outbox ORDER BY position")
        return [row.type for row in rows]


def test_a_free_slot_is_confirmed_and_the_others_are_told(client: FlaskClient) -> None:
    answer = reserving(client)
    assert answer.status_code == 201
    body = answer.get_json()
    assert body["status"] == "confirmed"
    assert body["starts_at"] == "2026-11-24T02:00:00Z"
    assert body["patron_id"] == str(ME)
    assert answer.headers["Location"] == f"{PATH}/{body['id']}"
    assert said(client) == ["booking.reservation.confirmed.v1"]


def test_a_taken_slot_is_refused_with_alternatives_and_the_demand_is_told(
    client: FlaskClient,
) -> None:
    reserved(client)
    answer = reserving(client, SOMEBODY)
    assert answer.status_code == 409
    problem = answer.get_json()
    assert problem["code"] == "slot_taken"
    assert 1 <= len(problem["alternatives"]) <= 5
    assert said(client)[-1] == "booking.reservation.refused.v1"


def test_every_offered_alternative_can_really_be_had(client: FlaskClient) -> None:
    reserved(client)
    for number, slot in enumerate(reserving(client, SOMEBODY).get_json()["alternatives"]):
        answer = client.post(
            PATH,
            json=slot,
            headers=signed_in(UUID(int=100 + number)) | {"Idempotency-Key": str(uuid4())},
        )
        reserved_before = answer.status_code == 409  # by an offer before it
        assert answer.status_code == 201 or reserved_before, answer.get_json()


def test_a_refusal_names_every_failed_rule_with_its_numbers_in_the_callers_language(
    client: FlaskClient,
) -> None:
    answer = reserving(client, hours=5, party_size=9, language="zh-CN")
    assert answer.status_code == 409
    problem = answer.get_json()
    assert problem["code"] == "rules_not_met"
    assert {v["code"] for v in problem["violations"]} == {"too_long", "party_too_large"}
    too_long = next(v for v in problem["violations"] if v["code"] == "too_long")
    assert too_long["numbers"] == {"minutes": 300, "max_minutes": 240}
    assert "最多 240 分钟" in too_long["message"]


def test_the_same_key_reserves_once_and_answers_alike(client: FlaskClient) -> None:
    first, again = (reserving(client, key="k") for _ in range(2))
    assert first.data == again.data
    assert again.headers["Idempotency-Replayed"] == "true"
    assert said(client) == ["booking.reservation.confirmed.v1"]


def test_a_refusal_is_replayed_as_well(client: FlaskClient) -> None:
    reserved(client)
    first, again = (reserving(client, SOMEBODY, key="k") for _ in range(2))
    assert (first.status_code, again.status_code) == (409, 409)
    assert first.data == again.data
    assert said(client).count("booking.reservation.refused.v1") == 1


def test_others_reservations_are_not_there_but_staff_see_them(client: FlaskClient) -> None:
    made = reserved(client)
    path = f"{PATH}/{made['id']}"
    assert client.get(path, headers=signed_in(SOMEBODY)).status_code == 404
    assert client.get(path, headers=as_staff()).status_code == 200
    elsewhere = signed_in(STAFF, roles=["staff"], libraries=[uuid4()])
    assert client.get(path, headers=elsewhere).status_code == 404
    here = signed_in(STAFF, roles=["staff"], libraries=[LIBRARY_ID])
    assert client.get(path, headers=here).status_code == 200


def test_a_change_needs_the_version_that_was_read(client: FlaskClient) -> None:
    made = reserved(client)
    path = f"{PATH}/{made['id']}"
    etag = client.get(path, headers=signed_in()).headers["ETag"]
    body = {"starts_at": hour(12).isoformat()}
    assert client.patch(path, json=body, headers=signed_in()).status_code == 428
    stale = signed_in() | {"If-Match": '"stale"'}
    assert client.patch(path, json=body, headers=stale).status_code == 412
    answer = client.patch(path, json=body, headers=signed_in() | {"If-Match": etag})
    assert answer.status_code == 200
    assert answer.get_json()["ends_at"] == "2026-11-24T05:00:00Z"  # the length is kept
    assert answer.headers["ETag"] != etag
    assert (
        client.patch(path, json=body, headers=signed_in() | {"If-Match": etag}).status_code == 412
    )
    assert said(client)[-1] == "booking.reservation.changed.v1"
    note = client.get(f"{path}/history", headers=signed_in()).get_json()["items"][-1]
    assert note["change"]["after"]["starts_at"] == answer.get_json()["starts_at"]


def test_a_change_into_a_taken_slot_is_refused_and_changes_nothing(client: FlaskClient) -> None:
    reserved(client, SOMEBODY, start=hour(12))
    made = reserved(client)
    path = f"{PATH}/{made['id']}"
    etag = client.get(path, headers=signed_in()).headers["ETag"]
    headers = signed_in() | {"If-Match": etag}
    answer = client.patch(path, json={"starts_at": hour(12).isoformat()}, headers=headers)
    assert answer.status_code == 409
    assert answer.get_json()["code"] == "slot_taken"
    assert client.get(path, headers=signed_in()).get_json() == made
    moved = client.patch(
        path, json={"starts_at": hour(12).isoformat(), "space_id": str(OTHER_ROOM.id)},
        headers=headers,
    )  # fmt: skip
    assert moved.status_code == 200


def test_a_cancelled_reservation_stays_and_its_slot_is_free(client: FlaskClient) -> None:
    made = reserved(client)
    path = f"{PATH}/{made['id']}"
    etag = client.get(path, headers=signed_in()).headers["ETag"]
    answer = client.delete(path, headers=signed_in() | {"If-Match": etag})
    assert answer.status_code == 200
    assert answer.get_json()["status"] == "cancelled"
    assert reserved(client, SOMEBODY)["status"] == "confirmed"
    history = client.get(f"{path}/history", headers=signed_in()).get_json()["items"]
    assert [note["change"]["action"] for note in history] == ["reserved", "cancelled"]


def test_arriving_needs_the_digits_shown_at_the_space(client: FlaskClient, clock: SetClock) -> None:
    made = reserved(client)
    path = f"{PATH}/{made['id']}/check-in"
    code = code_at(ROOM.secret, hour(9.9))
    early = client.post(path, json={"code": code}, headers=signed_in())
    assert (early.status_code, early.get_json()["code"]) == (409, "check_in_too_early")
    clock.set(hour(9.9))
    wrong = client.post(path, json={"code": "no"}, headers=signed_in())
    assert (wrong.status_code, wrong.get_json()["code"]) == (422, "wrong_code")
    answer = client.post(path, json={"code": code}, headers=signed_in())
    assert answer.status_code == 200
    assert answer.get_json()["status"] == "checked_in"
    left = client.post(f"{PATH}/{made['id']}/check-out", headers=signed_in())
    assert left.get_json()["status"] == "completed"
    assert said(client)[1:] == [
        "booking.reservation.checked_in.v1",
        "booking.reservation.completed.v1",
    ]


def test_staff_check_in_without_digits_and_reserve_for_others(
    client: FlaskClient, clock: SetClock
) -> None:
    body = {"space_id": str(ROOM.id), "starts_at": hour(10).isoformat(), "patron_id": str(ME)}
    key = {"Idempotency-Key": "k"}
    refused = client.post(PATH, json=body, headers=signed_in(SOMEBODY) | key)
    assert refused.status_code == 403
    made = client.post(PATH, json=body, headers=as_staff() | key).get_json()
    assert made["patron_id"] == str(ME)
    clock.set(hour(10.2))
    answer = client.post(f"{PATH}/{made['id']}/check-in", json={}, headers=as_staff())
    assert answer.get_json()["status"] == "checked_in"


def test_ones_own_reservations_come_in_pages(client: FlaskClient) -> None:
    made = [reserved(client, start=hour(10 + 2 * n))["id"] for n in range(3)]
    reserved(client, SOMEBODY, start=hour(20))
    first = client.get(f"{PATH}?limit=2", headers=signed_in()).get_json()
    cursor = first["next_cursor"]
    rest = client.get(f"{PATH}?limit=2&cursor={cursor}", headers=signed_in()).get_json()
    assert [one["id"] for one in first["items"] + rest["items"]] == made
    assert rest["next_cursor"] is None
    backwards = client.get(f"{PATH}?order=desc", headers=signed_in()).get_json()
    assert [one["id"] for one in backwards["items"]] == made[::-1]
    other = client.get(f"{PATH}?order=desc&limit=2&cursor={cursor}", headers=signed_in())
    assert (other.status_code, other.get_json()["code"]) == (422, "cursor_invalid")


def test_only_staff_list_everybodys(client: FlaskClient) -> None:
    reserved(client)
    query = f"{PATH}?whose=all&space_id={ROOM.id}&starts_before={'2026-11-25T00:00:00Z'}"
    assert client.get(query, headers=signed_in(SOMEBODY)).status_code == 403
    assert len(client.get(query, headers=as_staff()).get_json()["items"]) == 1


@pytest.mark.parametrize("whose", ["", "&whose=mine", "&whose=all"])
def test_who_names_somebody_else_asks_for_others(client: FlaskClient, whose: str) -> None:
    made, _ = reserved(client), reserved(client, SOMEBODY, start=hour(14))
    query = f"{PATH}?patron_id={ME}{whose}"
    refused = client.get(query, headers=signed_in(SOMEBODY))
    assert (refused.status_code, refused.get_json()["code"]) == (403, "not_allowed")
    listed = client.get(query, headers=as_staff()).get_json()["items"]
    assert [one["id"] for one in listed] == [made["id"]]
    if not whose:
        own = client.get(query, headers=signed_in()).get_json()["items"]
        assert [one["id"] for one in own] == [made["id"]]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"ends_at": "2026-11-24T01:00:00Z"}, 422, "ends_before_start"),
        ({"space_id": str(uuid4())}, 422, "space_unknown"),
        ({"starts_at": "2026-11-24T10:00:00"}, 422, "invalid_input"),
        ({"starts_at": "9999-12-31T23:00:00Z"}, 422, "invalid_input"),
        ({"ends_at": "2199-12-31T23:00:00Z"}, 409, "rules_not_met"),
        ({"starts_at": "1900-01-01T00:00:00Z"}, 409, "rules_not_met"),
        ({"party_size": 0}, 422, "invalid_input"),
        ({"unknown": 1}, 422, "invalid_input"),
    ],
)
def test_what_makes_no_sense_is_named(
    client: FlaskClient, body: dict[str, Any], status: int, code: str
) -> None:
    answer = reserving(client, **body)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)


def test_a_reservation_needs_a_key_and_a_person(client: FlaskClient) -> None:
    assert client.post(PATH, json={}, headers=signed_in()).status_code == 400
    assert client.post(PATH, json={}).status_code == 401


def test_a_change_to_what_it_is_already_keeps_the_version(client: FlaskClient) -> None:
    made = reserved(client)
    path = f"{PATH}/{made['id']}"
    etag = client.get(path, headers=signed_in()).headers["ETag"]
    body = {"starts_at": made["starts_at"], "party_size": made["party_size"]}
    answer = client.patch(path, json=body, headers=signed_in() | {"If-Match": etag})
    assert (answer.status_code, answer.headers["ETag"]) == (200, etag)
    later = {"starts_at": hour(12).isoformat()}
    moved = client.patch(path, json=later, headers=signed_in() | {"If-Match": etag})
    assert moved.status_code == 200

"""Requests, their rivals and the library's answers through the public door."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from tests.booking.api.test_reserving_over_http import (
    ME,
    SOMEBODY,
    as_staff,
    reserved,
    reserving,
    said,
    signed_in,
)
from tests.support.booking_builders import LIBRARY_ID, ROOM, hour

API = "/api/booking/v1"
WAITING = f"{API}/libraries/{LIBRARY_ID}/approvals"


@pytest.fixture(autouse=True)
def the_room_needs_approval(client: FlaskClient) -> None:
    rules = {"library_id": str(LIBRARY_ID), "scope_type": "space", "scope_id": str(ROOM.id)}
    headers = as_staff() | {"Idempotency-Key": str(uuid4())}
    body = {**rules, "body": {"approval_required": True}}
    answer = client.post(f"{API}/rulebooks", json=body, headers=headers)
    assert answer.status_code == 201


def answering(client: FlaskClient, request: dict[str, Any], act: str, **body: Any) -> TestResponse:
    path = f"{API}/reservations/{request['id']}/{act}"
    return client.post(path, json=body or None, headers=as_staff())


def test_staff_see_a_request_with_its_rivals_and_approve_it(client: FlaskClient) -> None:
    wanted, rival = reserved(client, ME), reserved(client, SOMEBODY, start=hour(10.5))
    assert (wanted["status"], wanted["expires_at"]) == ("pending", "2026-11-24T02:00:00Z")
    first, second = client.get(WAITING, headers=as_staff()).get_json()["items"]
    assert [(first["id"], first["taken"]), (second["id"], second["taken"])] == [
        (wanted["id"], False),
        (rival["id"], False),
    ]
    assert [one["patron_id"] for one in first["rivals"]] == [str(SOMEBODY)]
    answer = answering(client, wanted, "approve")
    assert (answer.status_code, answer.get_json()["status"]) == (200, "confirmed")
    assert client.get(WAITING, headers=as_staff()).get_json()["items"] == []
    assert said(client)[-2:] == [
        "booking.reservation.confirmed.v1",
        "booking.reservation.rejected.v1",
    ]


def give_away(client: FlaskClient, request: dict[str, Any]) -> None:
    """Have staff reserve for somebody else what was asked for."""
    headers = as_staff() | {"Idempotency-Key": str(uuid4())}
    times = {name: request[name] for name in ("starts_at", "ends_at")}
    body = {"space_id": str(ROOM.id), "patron_id": str(SOMEBODY), **times}
    assert client.post(f"{API}/reservations", json=body, headers=headers).status_code == 201


def test_a_request_for_what_staff_give_somebody_else_is_turned_away(client: FlaskClient) -> None:
    request = reserved(client, ME)
    give_away(client, request)
    read = client.get(f"{API}/reservations/{request['id']}", headers=signed_in()).get_json()
    assert read["status"] == "rejected"
    assert client.get(WAITING, headers=as_staff()).get_json()["items"] == []


def test_a_request_that_was_locked_while_its_time_was_taken_is_marked_and_refused(
    client: FlaskClient,
) -> None:
    request = reserved(client, ME)
    give_away(client, request)
    engine: Engine = client.application.extensions["atrium_engine"]
    with engine.begin() as connection:  # somebody held the row, so it was passed over
        connection.exec_driver_sql(
            "UPDATE reservation SET status = 'pending' WHERE status = 'rejected'"
        )
    (waiting,) = client.get(WAITING, headers=as_staff()).get_json()["items"]
    assert waiting["taken"]
    answer = answering(client, request, "approve")
    assert (answer.status_code, answer.get_json()["code"]) == (409, "slot_taken")


def test_a_rejection_carries_its_reason_to_the_person(client: FlaskClient) -> None:
    request = reserved(client)
    assert answering(client, request, "reject").status_code in (415, 422)
    assert answering(client, request, "reject", reason="考试占用").status_code == 200
    read = client.get(f"{API}/reservations/{request['id']}", headers=signed_in()).get_json()
    assert (read["status"], read["status_reason"]) == ("rejected", "考试占用")


def test_the_list_goes_on_where_a_page_ends(client: FlaskClient) -> None:
    made = [reserved(client, UUID(int=n), start=hour(8 + n))["id"] for n in range(1, 6)]
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        query = f"{WAITING}?limit=2" + (f"&cursor={cursor}" if cursor else "")
        page = client.get(query, headers=as_staff()).get_json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert seen == made


def test_only_the_librarys_staff_see_and_answer(client: FlaskClient) -> None:
    request = reserved(client)
    elsewhere = signed_in(UUID(int=9), roles=["staff"], libraries=[str(uuid4())])
    for headers, status in ((signed_in(), 403), (elsewhere, 403), ({}, 401)):
        assert client.get(WAITING, headers=headers).status_code == status
    path = f"{API}/reservations/{request['id']}/approve"
    for headers, status in ((signed_in(), 403), (elsewhere, 404), ({}, 401)):
        assert client.post(path, headers=headers).status_code == status


def test_the_refusal_of_a_rule_names_it_in_the_readers_language(client: FlaskClient) -> None:
    answer = reserving(client, hours=9, language="zh-CN")
    assert answer.status_code == 409
    assert "分钟" in answer.get_json()["violations"][0]["message"]

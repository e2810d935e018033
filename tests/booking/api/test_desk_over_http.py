"""The library's day at the desk, and what staff do there for others."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy import event as sql_hooks
from werkzeug.test import TestResponse

from services.booking.commands.release_no_shows import release_no_shows
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import SetClock
from shared.persistence.transactions import OwnTransactions
from tests.booking.api.test_reserving_over_http import (
    ME,
    SOMEBODY,
    as_staff,
    reserved,
    said,
    signed_in,
)
from tests.support.booking_builders import LIBRARY_ID, OTHER_ROOM, ROOM, SEAT, hour

API = "/api/booking/v1"
DESK = f"{API}/libraries/{LIBRARY_ID}/desk"


def engine_of(client: FlaskClient) -> Engine:
    engine: Engine = client.application.extensions["atrium_engine"]
    return engine


def day(client: FlaskClient, query: str = "day=2026-11-24") -> dict[str, Any]:
    answer = client.get(f"{DESK}?{query}", headers=as_staff())
    assert answer.status_code == 200, answer.get_data(as_text=True)
    body: dict[str, Any] = answer.get_json()
    return body


def walking_in(client: FlaskClient, space: UUID = ROOM.id, **body: Any) -> TestResponse:
    headers = as_staff() | {"Idempotency-Key": str(uuid4())}
    sent = {"patron_id": str(ME), **body}
    return client.post(f"{API}/spaces/{space}/walk-ins", json=sent, headers=headers)


@contextmanager
def counting(engine: Engine) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*arguments: Any) -> None:
        statements.append(arguments[2])

    sql_hooks.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sql_hooks.remove(engine, "before_cursor_execute", note)


def test_everybody_of_the_day_is_in_the_section_they_belong_to(
    client: FlaskClient, clock: SetClock
) -> None:
    absent = reserved(client, UUID(int=11), start=hour(9))
    here = reserved(client, UUID(int=12), space_id=str(OTHER_ROOM.id), start=hour(9.5), hours=2)
    due = reserved(client, UUID(int=13), space_id=str(SEAT.id), start=hour(10))
    later = reserved(client, UUID(int=14), start=hour(15))
    reserved(client, UUID(int=15), start=hour(9, day=25))
    clock.set(hour(9.5))
    unit = BookingUnitOfWork(OwnTransactions(engine_of(client)), clock=clock)
    assert release_no_shows(uow=unit, clock=clock) == 1
    arrived = client.post(f"{API}/reservations/{here['id']}/check-in", json={}, headers=as_staff())
    assert arrived.status_code == 200
    clock.set(hour(9.75))
    found = day(client)
    assert [(one["section"], one["id"]) for one in found["items"]] == [
        ("no_show", absent["id"]),
        ("here", here["id"]),
        ("due", due["id"]),
        ("expected", later["id"]),
    ]
    assert found["items"][2]["space"]["code"] == "S1"
    assert found["counts"] == {
        "due": 1, "expected": 1, "here": 1, "pending": 0, "no_show": 1, "left": 0,
    }  # fmt: skip
    only = day(client, "day=2026-11-24&section=due")
    assert [one["id"] for one in only["items"]] == [due["id"]]
    assert only["counts"] == found["counts"]


def test_without_a_day_it_is_today_on_the_librarys_wall_clock(
    client: FlaskClient, clock: SetClock
) -> None:
    made = reserved(client, start=hour(10))
    clock.set(hour(0.5))
    assert [one["id"] for one in day(client, "limit=5")["items"]] == [made["id"]]


def test_the_day_goes_on_where_a_page_ends_and_costs_the_same(client: FlaskClient) -> None:
    made = [reserved(client, UUID(int=n), start=hour(8 + n))["id"] for n in range(1, 8)]
    with counting(engine_of(client)) as few:
        first = day(client, "day=2026-11-24&limit=1")
    with counting(engine_of(client)) as many:
        rest = day(client, f"day=2026-11-24&limit=50&cursor={first['next_cursor']}")
    assert [one["id"] for one in first["items"] + rest["items"]] == made
    assert rest["next_cursor"] is None
    assert len(few) == len(many) > 3


def test_only_the_librarys_staff_see_the_day(client: FlaskClient) -> None:
    elsewhere = signed_in(UUID(int=9), roles=["staff"], libraries=[str(uuid4())])
    for headers, status in ((signed_in(), 403), (elsewhere, 403), ({}, 401)):
        assert client.get(DESK, headers=headers).status_code == status
    unknown = client.get(f"{API}/libraries/{uuid4()}/desk", headers=as_staff())
    assert unknown.status_code == 404


def test_who_walks_in_has_the_space_from_the_running_step_on_and_is_there(
    client: FlaskClient, clock: SetClock
) -> None:
    clock.set(hour(10 + 7 / 60))
    answer = walking_in(client, reason="Card forgotten")
    assert answer.status_code == 201, answer.get_data(as_text=True)
    made = answer.get_json()
    assert (made["status"], made["starts_at"]) == ("checked_in", "2026-11-24T02:00:00Z")
    assert said(client) == [
        "booking.reservation.confirmed.v1",
        "booking.reservation.checked_in.v1",
    ]
    taken = walking_in(client, patron_id=str(SOMEBODY))
    assert (taken.status_code, taken.get_json()["code"]) == (409, "slot_taken")


def test_a_walk_in_is_held_against_the_rules(client: FlaskClient, clock: SetClock) -> None:
    clock.set(hour(10))
    answer = walking_in(client, party_size=50)
    assert answer.status_code == 409
    assert [one["code"] for one in answer.get_json()["violations"]] == ["party_too_large"]
    assert walking_in(client, uuid4()).status_code == 422


@pytest.mark.parametrize("roles", [[], ["organizer"]])
def test_nobody_walks_in_without_the_staff(client: FlaskClient, roles: list[str]) -> None:
    headers = signed_in(roles=roles) | {"Idempotency-Key": str(uuid4())}
    path = f"{API}/spaces/{ROOM.id}/walk-ins"
    assert client.post(path, json={"patron_id": str(ME)}, headers=headers).status_code == 403


def test_why_staff_reserve_and_cancel_for_somebody_is_kept_and_told(client: FlaskClient) -> None:
    headers = as_staff() | {"Idempotency-Key": str(uuid4())}
    times = {"starts_at": hour(10).isoformat(), "ends_at": hour(11).isoformat()}
    body = {"space_id": str(ROOM.id), "patron_id": str(ME), "reason": "By telephone", **times}
    made = client.post(f"{API}/reservations", json=body, headers=headers)
    path = f"{API}/reservations/{made.get_json()['id']}"
    match = {"If-Match": made.headers["ETag"]}
    cancelled = client.delete(f"{path}?reason=Water%20damage", headers=as_staff() | match)
    assert cancelled.get_json()["status_reason"] == "Water damage"
    notes = client.get(f"{path}/history", headers=signed_in()).get_json()["items"]
    assert [one["change"].get("reason") for one in notes] == [None, "By telephone", "Water damage"]
    with engine_of(client).connect() as connection:
        query = "SELECT data ->> 'reason' FROM outbox ORDER BY position DESC LIMIT 1"
        assert connection.exec_driver_sql(query).scalar_one() == "Water damage"

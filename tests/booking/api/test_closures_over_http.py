"""Closing some days: whom it touches, what they are told, and opening again."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from services.booking.commands import finish_closures as finishing
from services.booking.commands.finish_closures import finish_closures
from services.booking.persistence import reservations as rows
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import SetClock
from shared.persistence.transactions import OwnTransactions
from tests.booking.api.test_reserving_over_http import (
    ME,
    SOMEBODY,
    as_staff,
    reserved,
    reserving,
    said,
    signed_in,
)
from tests.support.booking_builders import LIBRARY_ID, OTHER_ROOM, ROOM, hour

API = "/api/booking/v1"
PATH = f"{API}/libraries/{LIBRARY_ID}/closures"


def closing(client: FlaskClient, query: str = "", **body: Any) -> TestResponse:
    said = {
        "scope_type": "space",
        "scope_id": str(ROOM.id),
        "first_day": "2026-11-24",
        "last_day": "2026-11-25",
        "name_zh": "漏水",
        "name_en": "Water damage",
    }
    headers = as_staff() | {"Idempotency-Key": str(uuid4())}
    return client.post(f"{PATH}{query}", json={**said, **body}, headers=headers)


def finish(client: FlaskClient, clock: SetClock) -> int:
    engine: Engine = client.application.extensions["atrium_engine"]
    unit = BookingUnitOfWork(OwnTransactions(engine), clock=clock)
    return finish_closures(uow=unit, clock=clock)


def status_of(client: FlaskClient, made: dict[str, Any]) -> str:
    found = client.get(f"{API}/reservations/{made['id']}", headers=as_staff()).get_json()
    status: str = found["status"]
    return status


def last_message(client: FlaskClient) -> dict[str, Any]:
    engine: Engine = client.application.extensions["atrium_engine"]
    with engine.connect() as connection:
        query = "SELECT data FROM outbox ORDER BY position DESC LIMIT 1"
        data: dict[str, Any] = connection.exec_driver_sql(query).scalar_one()
    return data


def test_looking_says_whom_it_would_touch_and_does_nothing(client: FlaskClient) -> None:
    touched = reserved(client, ME)
    reserved(client, ME, start=hour(14), space_id=str(OTHER_ROOM.id))
    reserved(client, ME, start=hour(10, day=26))
    answer = closing(client, "?dry_run=true")
    assert answer.status_code == 200
    report = answer.get_json()
    assert (report["closure"], report["reservations"]) == (None, 1)
    assert [one["id"] for one in report["affected"]] == [touched["id"]]
    assert client.get(PATH, headers=as_staff()).get_json()["items"] == []
    assert reserving(client, SOMEBODY, start=hour(12)).status_code == 201


def test_who_had_reserved_is_told_once_why_and_what_could_be_had(
    client: FlaskClient, clock: SetClock
) -> None:
    touched = reserved(client, ME)
    beside = reserved(client, SOMEBODY, space_id=str(OTHER_ROOM.id), start=hour(14))
    assert closing(client).status_code == 201
    assert finish(client, clock) == 1
    assert finish(client, clock) == 0
    assert [status_of(client, one) for one in (touched, beside)] == ["cancelled", "confirmed"]
    assert said(client).count("booking.reservation.cancelled.v1") == 1
    message = last_message(client)
    assert (message["reason"], message["late"]) == ("漏水 / Water damage", False)
    assert message["alternatives"][0]["space_id"] == str(OTHER_ROOM.id)
    assert message["alternatives"][0]["starts_at"] == touched["starts_at"]


def test_nobody_reserves_what_is_closed(client: FlaskClient) -> None:
    closing(client)
    answer = reserving(client)
    assert [one["code"] for one in answer.get_json()["violations"]] == ["space_closed"]


def test_a_library_is_closed_for_some_hours_only(client: FlaskClient, clock: SetClock) -> None:
    morning, evening = reserved(client, ME), reserved(client, SOMEBODY, start=hour(18))
    library = {"scope_type": "library", "scope_id": str(LIBRARY_ID)}
    closing(client, **library, spans=[{"opens": "08:00", "closes": "12:00"}])
    finish(client, clock)
    assert [status_of(client, one) for one in (morning, evening)] == ["confirmed", "cancelled"]


def test_the_list_says_how_far_it_is(client: FlaskClient, clock: SetClock) -> None:
    reserved(client)
    closing(client)
    finish(client, clock)
    (shown,) = client.get(PATH, headers=as_staff()).get_json()["items"]
    assert (shown["cancelled"], shown["finished_at"]) == (1, None)
    clock.set(clock.now() + timedelta(minutes=2))
    finish(client, clock)
    (shown,) = client.get(PATH, headers=as_staff()).get_json()["items"]
    assert shown["finished_at"] is not None


def test_many_are_told_batch_by_batch(
    client: FlaskClient, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        reserved(client, UUID(int=20 + number), start=hour(9 + number))
    monkeypatch.setattr(finishing, "BATCH", 2)
    closing(client)
    assert [finish(client, clock) for _ in range(4)] == [2, 2, 1, 0]


def test_no_evening_is_forgotten_behind_however_many_mornings(
    client: FlaskClient, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "AHEAD_AT_ONCE", 1)
    mornings = [reserved(client, UUID(int=20 + n), start=hour(9 + n)) for n in range(2)]
    evening = reserved(client, SOMEBODY, start=hour(18))
    spans = [{"opens": "08:00", "closes": "12:00"}]
    assert closing(client, "?dry_run=true", spans=spans).get_json()["reservations"] == 1
    closing(client, spans=spans)
    clock.set(clock.now() + timedelta(minutes=2))
    assert finish(client, clock) == 1
    stand = [status_of(client, one) for one in (*mornings, evening)]
    assert stand == ["confirmed", "confirmed", "cancelled"]


def test_who_has_moved_elsewhere_meanwhile_keeps_what_they_have(
    client: FlaskClient, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved, stayed = reserved(client, ME), reserved(client, SOMEBODY, start=hour(14))
    one_by_one = finishing.one_by_one

    def after_a_move(what: str, keys: Any, do: Any) -> int:
        if what == "cancel for closure":
            path = f"{API}/reservations/{moved['id']}"
            headers = as_staff() | {
                "If-Match": client.get(path, headers=as_staff()).headers["ETag"]
            }
            body = {"space_id": str(OTHER_ROOM.id)}
            assert client.patch(path, json=body, headers=headers).status_code == 200
        return one_by_one(what, keys, do)

    closing(client)
    monkeypatch.setattr(finishing, "one_by_one", after_a_move)
    assert finish(client, clock) == 1
    assert [status_of(client, one) for one in (moved, stayed)] == ["confirmed", "cancelled"]


def test_opening_again_lets_people_reserve_and_gives_nothing_back(
    client: FlaskClient, clock: SetClock
) -> None:
    made = reserved(client)
    closure = closing(client).get_json()["closure"]
    finish(client, clock)
    path = f"{API}/closures/{closure['id']}"
    assert client.delete(path, headers=as_staff()).status_code == 204
    assert client.delete(path, headers=as_staff()).status_code == 404
    assert status_of(client, made) == "cancelled"
    assert reserving(client).status_code == 201


def test_opening_again_leaves_an_equal_exception_that_was_there_before(
    client: FlaskClient,
) -> None:
    body = {
        "first_day": "2026-11-24",
        "last_day": "2026-11-25",
        "name_zh": "漏水",
        "name_en": "Water damage",
        "spans": [],
    }
    path = f"{API}/hours/space/{ROOM.id}/exceptions"
    headers = as_staff() | {"Idempotency-Key": str(uuid4())}
    there = client.post(path, json=body, headers=headers)
    assert there.status_code == 201, there.get_data(as_text=True)
    undo(client, closing(client).get_json()["closure"])
    assert not opens(client)


def test_days_closed_twice_stay_closed_until_both_are_undone(client: FlaskClient) -> None:
    first, second = (closing(client).get_json()["closure"] for _ in range(2))
    undo(client, first)
    assert not opens(client)
    undo(client, second)
    assert opens(client)


def undo(client: FlaskClient, closure: dict[str, Any]) -> None:
    answer = client.delete(f"{API}/closures/{closure['id']}", headers=as_staff())
    assert answer.status_code == 204


def opens(client: FlaskClient) -> bool:
    return reserving(client).status_code == 201


def test_only_the_librarys_staff_close(client: FlaskClient) -> None:
    elsewhere = signed_in(UUID(int=9), roles=["staff"], libraries=[str(uuid4())])
    for headers, status in ((signed_in(), 403), (elsewhere, 403), ({}, 401)):
        key = {"Idempotency-Key": str(uuid4())}
        assert client.get(PATH, headers=headers).status_code == status
        assert client.post(PATH, json={}, headers=headers | key).status_code in (status, 422)
    unknown = closing(client, scope_id=str(uuid4()))
    assert unknown.status_code == 404


def test_what_makes_no_sense_is_said(client: FlaskClient) -> None:
    for wrong in ({"last_day": "2026-11-01"}, {"last_day": "2029-11-01"}, {"name_en": ""}):
        for query in ("", "?dry_run=true"):
            assert closing(client, query, **wrong).status_code == 422

"""Libraries, floors, zones and spaces through the public door."""

from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from shared.kernel.clock import SetClock
from shared.kernel.rotating_code import code_at
from tests.support.booking_builders import FLOOR_ID, LIBRARY_ID, NOW, ROOM, ZONE_ID
from tests.support.tokens import bearer

PATH = "/api/booking/v1"
A_SPACE = {
    "zone_id": str(ZONE_ID),
    "code": "N1",
    "name_zh": "新研讨室",
    "name_en": "New room",
    "space_type": "room",
    "space_kind": "learning",
    "capacity": 4,
    "features": ["whiteboard", "power"],
    "plan": {"x": 1, "y": 2, "width": 30, "height": 40},
}


def staff(*roles: str, **claims: Any) -> dict[str, str]:
    lifetime = 10 * 24 * 3600
    return bearer(roles=roles or ["staff"], now=NOW, lifetime_seconds=lifetime, **claims)


def post(client: FlaskClient, path: str, body: Any, **headers: str) -> TestResponse:
    sent = {**staff("manager"), "Idempotency-Key": str(uuid4()), **headers}
    return client.post(PATH + path, json=body, headers=sent)


def change(client: FlaskClient, path: str, body: Any, *, method: str = "PUT") -> TestResponse:
    """Read, then send what was read back changed."""
    etag = client.get(PATH + path).headers["ETag"]
    headers = {**staff(), "If-Match": etag}
    return client.open(PATH + path, method=method, json=body, headers=headers)


def told(client: FlaskClient) -> list[dict[str, Any]]:
    engine: Engine = client.application.extensions["atrium_engine"]
    said = "SELECT data FROM outbox WHERE type = 'booking.space.defined.v1' ORDER BY position"
    with engine.connect() as connection:
        return [row.data for row in connection.exec_driver_sql(said)]


def test_a_library_is_defined_read_and_changed(client: FlaskClient) -> None:
    body = {"code": "N", "name_zh": "新馆", "name_en": "New", "timezone": "Europe/London"}
    made = post(client, "/libraries", body, **staff("manager"))
    assert made.status_code == 201
    path = made.headers["Location"].removeprefix(PATH)
    read = client.get(PATH + path)
    assert read.get_json() == {**body, "id": made.get_json()["id"], "version": 1}
    assert read.headers["ETag"] == made.headers["ETag"]
    headers = {**staff("manager"), "If-Match": read.headers["ETag"]}
    changed = client.put(PATH + path, json={**body, "name_en": "Newer"}, headers=headers)
    assert changed.get_json()["name_en"] == "Newer"
    assert changed.get_json()["version"] == 2
    stale = client.put(PATH + path, json=body, headers=headers)
    assert stale.status_code == 412


def test_a_code_can_be_had_once(client: FlaskClient) -> None:
    body = {"code": "T", "name_zh": "馆", "name_en": "L", "timezone": "UTC"}
    refused = post(client, "/libraries", body)
    assert refused.status_code == 409
    assert refused.get_json()["code"] == "code_taken"
    assert "T" in refused.get_json()["detail"]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "localtime", "Factory", "../etc/passwd"])
def test_a_time_zone_nobody_knows_is_refused_by_name(client: FlaskClient, zone: str) -> None:
    body = {"code": "N", "name_zh": "馆", "name_en": "L", "timezone": zone}
    refused = post(client, "/libraries", body, **{"Accept-Language": "zh-CN"})
    assert refused.status_code == 422
    assert refused.get_json()["violations"][0]["code"] == "unknown_timezone"
    assert zone in refused.get_json()["violations"][0]["message"]


def test_a_new_time_zone_is_told_for_every_space(client: FlaskClient) -> None:
    body = {"code": "T", "name_zh": "试", "name_en": "Test", "timezone": "Asia/Urumqi"}
    path = f"{PATH}/libraries/{LIBRARY_ID}"
    headers = {**staff("manager"), "If-Match": client.get(path).headers["ETag"]}
    assert client.put(path, json=body, headers=headers).status_code == 200
    assert {space["library_timezone"] for space in told(client)} == {"Asia/Urumqi"}
    assert len(told(client)) == 4


def test_floors_and_zones_are_defined_and_listed(client: FlaskClient) -> None:
    floor = {"code": "F0", "name_zh": "地下层", "name_en": "Basement", "level": -1}
    made = post(client, f"/libraries/{LIBRARY_ID}/floors", floor)
    assert made.status_code == 201
    zone = {
        "floor_id": made.get_json()["id"],
        "code": "Q",
        "name_zh": "静",
        "name_en": "Q",
        "quiet": True,
    }
    assert post(client, "/zones", zone).status_code == 201
    floors = client.get(f"{PATH}/libraries/{LIBRARY_ID}/floors").get_json()
    assert [one["code"] for one in floors["items"]] == ["F0", "F"]
    zones = client.get(f"{PATH}/libraries/{LIBRARY_ID}/zones").get_json()
    assert [(one["code"], one["quiet"]) for one in zones["items"]] == [("Q", True), ("Z", False)]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"/floors/{FLOOR_ID}", {"code": "F", "name_zh": "层", "name_en": "New", "level": 2}),
        (
            f"/zones/{ZONE_ID}",
            {"floor_id": str(FLOOR_ID), "code": "Z", "name_zh": "区", "name_en": "New"},
        ),
        (f"/spaces/{ROOM.id}", {**A_SPACE, "name_en": "New"}),
    ],
)
def test_whoever_read_an_older_version_cannot_change_it(
    client: FlaskClient, path: str, body: dict[str, Any]
) -> None:
    old = client.get(PATH + path).headers["ETag"]
    changed = change(client, path, body)
    assert changed.status_code == 200
    assert changed.get_json()["name_en"] == "New"
    assert changed.headers["ETag"] == client.get(PATH + path).headers["ETag"] != old
    stale = client.put(PATH + path, json=body, headers={**staff(), "If-Match": old})
    assert stale.status_code == 412
    assert client.put(PATH + path, json=body, headers=staff()).status_code == 428


def test_a_space_is_defined_and_the_others_are_told(client: FlaskClient) -> None:
    made = post(client, "/spaces", A_SPACE)
    assert made.status_code == 201
    body = made.get_json()
    assert body["features"] == ["power", "whiteboard"]
    assert body["plan"] == {"x": 1, "y": 2, "width": 30, "height": 40}
    assert "secret" not in str(body)
    assert [(one["code"], one["name_zh"], one["in_use"]) for one in told(client)] == [
        ("N1", "新研讨室", True)
    ]
    assert client.get(f"{PATH}/spaces/{body['id']}").get_json() == body


def test_the_same_definition_again_tells_nothing(client: FlaskClient) -> None:
    made = post(client, "/spaces", A_SPACE).get_json()
    again = change(client, f"/spaces/{made['id']}", A_SPACE)
    assert again.get_json()["version"] == 1
    assert len(told(client)) == 1


def test_a_space_is_taken_out_of_use_with_a_reason_and_put_back(client: FlaskClient) -> None:
    path = f"/spaces/{ROOM.id}"
    assert change(client, path, {"in_use": False}, method="PATCH").status_code == 422
    out = change(client, path, {"in_use": False, "because": "漏水"}, method="PATCH").get_json()
    assert (out["in_use"], out["out_of_use_because"]) == (False, "漏水")
    assert client.get(f"{PATH}/spaces?in_use=false").get_json()["items"] == [out]
    back = change(client, path, {"in_use": True}, method="PATCH").get_json()
    assert (back["in_use"], back["out_of_use_because"]) == (True, None)
    assert [one["in_use"] for one in told(client)] == [False, True]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["M1", "N1", "R1", "R2", "S1"]),
        ("?space_type=room", ["N1", "R1", "R2"]),
        ("?space_kind=creative", ["M1"]),
        ("?features=whiteboard,power", ["N1"]),
        ("?features=piano", []),
        ("?accessible=true", []),
        ("?quiet=true", []),
        ("?least_capacity=5", ["R1", "R2"]),
        (f"?zone_id={ZONE_ID}&space_type=seat", ["S1"]),
        (f"?library_id={ZONE_ID}", []),
    ],
)
def test_spaces_are_found_by_what_they_are(
    client: FlaskClient, query: str, codes: list[str]
) -> None:
    post(client, "/spaces", A_SPACE)
    found = client.get(f"{PATH}/spaces{query}").get_json()["items"]
    assert [one["code"] for one in found] == codes


def test_the_pages_of_a_list_hold_everything_once(client: FlaskClient) -> None:
    codes, cursor = [], ""
    while True:
        answer = client.get(f"{PATH}/spaces?limit=3{cursor}").get_json()
        codes += [one["code"] for one in answer["items"]]
        if answer["next_cursor"] is None:
            break
        cursor = f"&cursor={answer['next_cursor']}"
    assert codes == ["M1", "R1", "R2", "S1"]


@pytest.mark.parametrize(
    "change_of_body",
    [
        {"capacity": 0},
        {"space_type": "balloon"},
        {"features": ["Not a word!"]},
        {"name_zh": ""},
        {"plan": {"x": 1}},
        {"colour": "red"},
    ],
)
def test_a_space_that_makes_no_sense_is_refused_by_field(
    client: FlaskClient, change_of_body: dict[str, Any]
) -> None:
    refused = post(client, "/spaces", {**A_SPACE, **change_of_body})
    assert refused.status_code == 422
    field = refused.get_json()["violations"][0]["field"]
    assert field.split(".")[0] in change_of_body


def test_a_zone_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    assert post(client, "/spaces", {**A_SPACE, "zone_id": str(uuid4())}).status_code == 404


def test_readers_cannot_define_and_staff_only_in_their_libraries(client: FlaskClient) -> None:
    assert post(client, "/spaces", A_SPACE, **staff("patron")).status_code == 403
    elsewhere = staff("staff", libraries=[uuid4()])
    assert post(client, "/spaces", A_SPACE, **elsewhere).status_code == 403
    here = staff("staff", libraries=[LIBRARY_ID])
    assert post(client, "/spaces", A_SPACE, **here).status_code == 201
    without = client.post(f"{PATH}/spaces", json=A_SPACE, headers={"Idempotency-Key": "k"})
    assert without.status_code == 401


def test_staff_read_the_code_shown_at_a_space(client: FlaskClient, clock: SetClock) -> None:
    path = f"{PATH}/spaces/{ROOM.id}/check-in-code"
    answer = client.get(path, headers=staff())
    assert answer.get_json() == {"code": code_at(ROOM.secret, clock.now()), "seconds_left": 60}
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get(path, headers=staff("patron")).status_code == 403
    assert client.get(path, headers=staff(libraries=[uuid4()])).status_code == 403


@pytest.mark.parametrize("kind", ["libraries", "floors", "zones", "spaces"])
def test_what_is_not_there_is_not_found(client: FlaskClient, kind: str) -> None:
    answer = client.get(f"{PATH}/{kind}/{uuid4()}")
    assert answer.status_code == 404
    assert answer.get_json()["code"] == "not_found"

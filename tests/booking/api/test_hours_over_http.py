"""Opening hours through the public door."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.booking_builders import LIBRARY_ID, NOW, ROOM, ZONE_ID
from tests.support.tokens import bearer

PATH = "/api/booking/v1"
LIBRARY = f"{PATH}/hours/library/{LIBRARY_ID}"
HOLIDAY = {
    "first_day": "2026-11-24",
    "last_day": "2026-11-25",
    "name_zh": "校庆",
    "name_en": "Founders' day",
}


def staff(**claims: Any) -> dict[str, str]:
    lifetime = 10 * 24 * 3600
    return bearer(roles=["staff"], now=NOW, lifetime_seconds=lifetime, **claims)


def spans(*texts: str) -> list[dict[str, str]]:
    return [dict(zip(("opens", "closes"), text.split("-"), strict=True)) for text in texts]


def post(client: FlaskClient, path: str, body: Any) -> TestResponse:
    return client.post(path, json=body, headers={**staff(), "Idempotency-Key": str(uuid4())})


def set_weekly(client: FlaskClient, scope: str, scope_id: UUID, days: Any) -> TestResponse:
    path = f"{PATH}/hours/{scope}/{scope_id}/weekly"
    headers = {**staff(), "If-Match": client.get(path).headers["ETag"]}
    return client.put(path, json={"days": days}, headers=headers)


def days_of(client: FlaskClient, first: str = "2026-11-23", days: int = 3) -> list[dict[str, Any]]:
    answer = client.get(f"{PATH}/spaces/{ROOM.id}/hours?from={first}&days={days}")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.get_json()["days"]
    return found


def test_a_space_inherits_its_librarys_hours(client: FlaskClient) -> None:
    assert days_of(client, days=1) == [
        {
            "day": "2026-11-23",
            "wall": spans("08:00-22:00"),
            "open": [{"starts_at": "2026-11-23T00:00:00Z", "ends_at": "2026-11-23T14:00:00Z"}],
            "open_minutes": 14 * 60,
            "because": None,
        }
    ]


def test_a_zones_hours_take_the_place_of_its_librarys(client: FlaskClient) -> None:
    lunch_break = spans("09:00-12:00", "13:30-24:00")
    answer = set_weekly(client, "zone", ZONE_ID, [{"weekday": 0, "spans": lunch_break}])
    assert answer.status_code == 200
    assert answer.get_json() == {"days": [{"weekday": 0, "spans": lunch_break}]}
    monday, tuesday, _ = days_of(client)
    assert monday["wall"] == lunch_break
    assert tuesday["wall"] == spans("08:00-22:00")


def test_a_holiday_closes_and_says_why(client: FlaskClient) -> None:
    added = post(client, f"{LIBRARY}/exceptions", HOLIDAY)
    assert added.status_code == 201
    monday, tuesday, wednesday = days_of(client)
    assert monday["because"] is None
    assert tuesday["open"] == wednesday["open"] == []
    assert tuesday["because"]["name_zh"] == "校庆"
    assert wednesday["because"]["id"] == added.get_json()["id"]


def test_the_usual_hours_hold_again_when_an_exception_is_removed(client: FlaskClient) -> None:
    added = post(client, f"{LIBRARY}/exceptions", HOLIDAY).get_json()
    path = f"{PATH}/hours-exceptions/{added['id']}"
    assert client.get(path).get_json() == added
    assert client.delete(path, headers=staff()).status_code == 204
    assert client.get(path).status_code == 404
    assert client.delete(path, headers=staff()).status_code == 404
    assert all(day["open_minutes"] == 14 * 60 for day in days_of(client))


def test_two_exceptions_of_one_scope_do_not_speak_about_one_day(client: FlaskClient) -> None:
    added = post(client, f"{LIBRARY}/exceptions", HOLIDAY).get_json()
    same = post(client, f"{LIBRARY}/exceptions", HOLIDAY)
    assert (same.status_code, same.get_json()) == (201, added)
    other = {**HOLIDAY, "last_day": "2026-11-24", "spans": spans("10:00-12:00")}
    refused = post(client, f"{LIBRARY}/exceptions", other)
    assert refused.status_code == 409
    assert refused.get_json()["code"] == "hours_exception_overlaps"
    assert "Founders' day" in refused.get_json()["detail"]
    zone = f"{PATH}/hours/zone/{ZONE_ID}"
    assert post(client, f"{zone}/exceptions", other).status_code == 201
    assert days_of(client)[1]["wall"] == spans("10:00-12:00")


def test_a_list_of_holidays_is_taken_over_line_by_line(client: FlaskClient) -> None:
    weekend = {**HOLIDAY, "first_day": "2026-11-29", "last_day": "2026-11-29", "as_weekday": 0}
    reversed_days = {**HOLIDAY, "first_day": "2026-12-02", "last_day": "2026-12-01"}
    overlapping = {**HOLIDAY, "last_day": "2026-11-24"}
    lines = [HOLIDAY, weekend, reversed_days, overlapping]
    report = post(client, f"{LIBRARY}/exceptions/import", {"items": lines})
    assert report.status_code == 200
    assert [(one["line"], one["added"], one["code"]) for one in report.get_json()["items"]] == [
        (1, True, None),
        (2, True, None),
        (3, False, "days_reversed"),
        (4, False, "hours_exception_overlaps"),
    ]
    listed = client.get(f"{LIBRARY}/exceptions").get_json()["items"]
    assert [(one["first_day"], one["as_weekday"]) for one in listed] == [
        ("2026-11-24", None),
        ("2026-11-29", 0),
    ]


def test_whoever_read_older_hours_cannot_overwrite_newer_ones(client: FlaskClient) -> None:
    path = f"{LIBRARY}/weekly"
    old = client.get(path).headers["ETag"]
    assert set_weekly(client, "library", LIBRARY_ID, []).status_code == 200
    stale = client.put(path, json={"days": []}, headers={**staff(), "If-Match": old})
    assert stale.status_code == 412
    assert client.put(path, json={"days": []}, headers=staff()).status_code == 428


@pytest.mark.parametrize(
    ("day", "field"),
    [
        ({"weekday": 7, "spans": []}, "days.0.weekday"),
        ({"weekday": 0, "spans": spans("12:00-12:00")}, "days.0.spans.0.closes"),
        ({"weekday": 0, "spans": spans("7:30-12:00")}, "days.0.spans.0.opens"),
        ({"weekday": 0, "spans": spans("22:00-24:30")}, "days.0.spans.0.closes"),
    ],
)
def test_hours_that_make_no_sense_are_refused_by_field(
    client: FlaskClient, day: dict[str, Any], field: str
) -> None:
    refused = set_weekly(client, "library", LIBRARY_ID, [day])
    assert refused.status_code == 422
    assert field in [violation["field"] for violation in refused.get_json()["violations"]]


def test_a_weekday_is_not_named_twice(client: FlaskClient) -> None:
    twice = [{"weekday": 0, "spans": []}, {"weekday": 0, "spans": []}]
    assert set_weekly(client, "library", LIBRARY_ID, twice).status_code == 422


@pytest.mark.parametrize("scope", ["library", "zone", "space"])
def test_the_hours_of_what_is_not_there_are_not_found(client: FlaskClient, scope: str) -> None:
    path = f"{PATH}/hours/{scope}/{uuid4()}"
    assert client.get(f"{path}/weekly").status_code == 404
    assert client.get(f"{path}/exceptions").status_code == 404
    assert post(client, f"{path}/exceptions", HOLIDAY).status_code == 404
    assert client.get(f"{PATH}/hours/planet/{uuid4()}/weekly").status_code == 404


def test_staff_of_other_libraries_cannot_change_hours(client: FlaskClient) -> None:
    path = f"{LIBRARY}/weekly"
    headers = {**staff(libraries=[uuid4()]), "If-Match": client.get(path).headers["ETag"]}
    assert client.put(path, json={"days": []}, headers=headers).status_code == 403

"""Screens at spaces through the public door: when for everybody, the digits for key holders."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from shared.kernel.clock import SetClock
from shared.kernel.rotating_code import code_at
from tests.booking.api.test_feeds_over_http import issue_key
from tests.booking.api.test_feeds_over_http import read as read_feed
from tests.booking.api.test_reserving_over_http import (
    ME,
    SOMEBODY,
    as_staff,
    reserved,
    signed_in,
)
from tests.support.booking_builders import OTHER_ROOM, ROOM, hour

API = "/api/booking/v1"
DOOR = f"{API}/spaces/{ROOM.id}/door"
KEYS = f"{API}/spaces/{ROOM.id}/display-keys"


def shown(client: FlaskClient, key: str | None = None, path: str = DOOR) -> dict[str, Any]:
    answer = client.get(path, headers={} if key is None else {"Display-Key": key})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"
    body: dict[str, Any] = answer.get_json()
    return body


def a_key(client: FlaskClient) -> dict[str, Any]:
    answer = client.post(KEYS, json={"label": "Left of the door"}, headers=as_staff())
    assert answer.status_code == 201
    body: dict[str, Any] = answer.get_json()
    return body


@pytest.mark.parametrize(
    ("at", "state", "until"),
    [
        (7, "closed", "2026-11-24T00:00:00Z"),
        (9, "free", "2026-11-24T02:00:00Z"),
        (10.5, "taken", "2026-11-24T04:00:00Z"),
        (13, "free", "2026-11-24T14:00:00Z"),
        (22.5, "closed", None),
    ],
)
def test_the_door_says_how_it_is_and_until_when(
    client: FlaskClient, clock: SetClock, at: float, state: str, until: str | None
) -> None:
    reserved(client, ME, start=hour(10))
    reserved(client, SOMEBODY, start=hour(11))
    clock.set(hour(at))
    found = shown(client)
    assert (found["state"], found["until"]) == (state, until)


def test_the_door_names_nobody_and_shows_no_digits(client: FlaskClient, clock: SetClock) -> None:
    made = reserved(client)
    clock.set(hour(10.5))
    answer = client.get(DOOR)
    assert answer.get_json()["check_in"] is None
    text = answer.get_data(as_text=True)
    assert made["id"] not in text
    assert str(ME) not in text
    assert code_at(ROOM.secret, hour(10.5)) not in text


def test_a_screen_with_a_key_of_the_space_shows_the_digits(
    client: FlaskClient, clock: SetClock
) -> None:
    key = a_key(client)
    clock.set(hour(10.5))
    assert shown(client, key["key"])["check_in"]["code"] == code_at(ROOM.secret, hour(10.5))
    elsewhere = f"{API}/spaces/{OTHER_ROOM.id}/door"
    for wrong, path in ((key["key"], elsewhere), ("guess", DOOR)):
        answer = client.get(path, headers={"Display-Key": wrong})
        assert (answer.status_code, answer.get_json()["code"]) == (401, "display_key_unknown")
        assert answer.headers["WWW-Authenticate"].startswith("Display-Key ")
    assert shown(client, "")["check_in"] is None


@pytest.mark.parametrize(("language", "said"), [("en", "not one of this space"), ("zh-CN", "收回")])
def test_a_screen_is_told_in_its_language_that_its_key_is_none(
    client: FlaskClient, language: str, said: str
) -> None:
    answer = client.get(DOOR, headers={"Display-Key": "guess", "Accept-Language": language})
    assert said in answer.get_json()["detail"]


def test_a_key_is_shown_once_and_no_longer_works_when_taken_back(client: FlaskClient) -> None:
    key = a_key(client)
    listed = client.get(KEYS, headers=as_staff())
    assert [one["id"] for one in listed.get_json()["items"]] == [key["id"]]
    assert key["key"] not in listed.get_data(as_text=True)
    path = f"{API}/display-keys/{key['id']}"
    assert client.delete(path, headers=as_staff()).status_code == 204
    assert client.delete(path, headers=as_staff()).status_code == 404
    taken_back = client.get(DOOR, headers={"Display-Key": key["key"]})
    assert (taken_back.status_code, taken_back.get_json()["code"]) == (401, "display_key_unknown")


def test_only_the_librarys_staff_give_and_take_keys(client: FlaskClient) -> None:
    key = a_key(client)
    elsewhere = signed_in(UUID(int=9), roles=["staff"], libraries=[str(uuid4())])
    for headers, status in ((signed_in(), 403), (elsewhere, 403), ({}, 401)):
        assert client.get(KEYS, headers=headers).status_code == status
        assert client.post(KEYS, json={"label": "x"}, headers=headers).status_code == status
        path = f"{API}/display-keys/{key['id']}"
        assert client.delete(path, headers=headers).status_code == status


def test_a_door_that_is_not_there_is_404(client: FlaskClient) -> None:
    assert client.get(f"{API}/spaces/{uuid4()}/door").status_code == 404


def test_one_reservation_is_taken_into_a_calendar_as_the_same_entry_as_in_the_feed(
    client: FlaskClient,
) -> None:
    made = reserved(client)
    answer = client.get(f"{API}/reservations/{made['id']}.ics", headers=signed_in())
    assert answer.content_type == "text/calendar; charset=utf-8"
    (entry,) = Calendar.from_ical(answer.get_data()).walk("VEVENT")
    (subscribed,) = read_feed(client, issue_key(client)).walk("VEVENT")
    assert entry.to_ical() == subscribed.to_ical()


def test_nobody_takes_somebody_elses_reservation_into_a_calendar(client: FlaskClient) -> None:
    path = f"{API}/reservations/{reserved(client)['id']}.ics"
    for headers, status in ((signed_in(SOMEBODY), 404), (as_staff(), 404), ({}, 401)):
        assert client.get(path, headers=headers).status_code == status

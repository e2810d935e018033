"""Who was there, over HTTP: by code, by list, by count; and what closing makes of it."""

from datetime import timedelta

import pytest

from tests.events.api.callers import Callers
from tests.support.event_builders import ANN, BEN, CUI, DAI, TOMORROW


@pytest.fixture
def talk(callers: Callers) -> str:
    """The path of an activity that three have signed up for, at its start."""
    activity = callers.published(capacity=3)
    for who in (ANN, BEN, CUI):
        callers.sign_up(activity, who)
    callers.clock.set(TOMORROW)
    return f"/library-events/{activity}"


def test_attendance_by_code_by_list_and_by_count(callers: Callers, talk: str) -> None:
    come_by_code(callers, talk)
    enter_a_list_and_a_count(callers, talk)
    early = callers.organizer("POST", f"{talk}/close")
    assert (early.status_code, early.get_json()["code"]) == (409, "not_over_yet")
    callers.clock.set(TOMORROW + timedelta(hours=2))
    closed = callers.organizer("POST", f"{talk}/close").get_json()
    assert (closed["status"], closed["attendance_measured"]) == ("closed", True)
    statuses = {
        item["patron_id"]: item["status"]
        for item in callers.organizer("GET", f"{talk}/registrations").get_json()["items"]
    }
    assert statuses == {str(ANN): "attended", str(BEN): "attended", str(CUI): "no_show"}


def come_by_code(callers: Callers, path: str) -> None:
    shown = callers.organizer("GET", f"{path}/attendance-code").get_json()
    assert 1 <= shown["seconds_left"] <= 60
    wrong = callers.call("POST", f"{path}/attendance", ANN, body={"code": "nothing"})
    assert (wrong.status_code, wrong.get_json()["code"]) == (422, "wrong_attendance_code")
    there = callers.call("POST", f"{path}/attendance", ANN, body={"code": shown["code"]})
    assert (there.status_code, there.get_json()["method"]) == (200, "code")
    twice = callers.call("POST", f"{path}/attendance", ANN, body={"code": shown["code"]})
    assert twice.get_json()["id"] == there.get_json()["id"]
    stranger = callers.call("POST", f"{path}/attendance", DAI, body={"code": shown["code"]})
    assert (stranger.status_code, stranger.get_json()["code"]) == (409, "no_place")


def enter_a_list_and_a_count(callers: Callers, path: str) -> None:
    entered = callers.organizer(
        "POST",
        f"{path}/attendances",
        {"attendees": [{"patron_id": str(BEN)}, {"patron_id": str(DAI), "party_size": 2}]},
    ).get_json()["items"]
    assert [item["registration_id"] is None for item in entered] == [False, True]
    counted = callers.organizer("POST", f"{path}/head-counts", {"anonymous": 4})
    assert counted.status_code == 201
    listed = callers.organizer("GET", f"{path}/attendances").get_json()
    assert len(listed["items"]) == 3
    assert listed["headcount"]["anonymous"] == 4


def test_a_mistaken_attendance_is_taken_back_once(callers: Callers) -> None:
    activity = callers.published()
    callers.sign_up(activity, ANN)
    callers.clock.set(TOMORROW)
    path = f"/library-events/{activity}/attendances"
    body = {"attendees": [{"patron_id": str(ANN)}]}
    [entry] = callers.organizer("POST", path, body).get_json()["items"]
    void = f"/attendances/{entry['id']}/void"
    taken_back = callers.organizer("POST", void, {"reason": "another Ann"})
    assert taken_back.get_json()["void_reason"] == "another Ann"
    assert callers.organizer("POST", void, {"reason": "again"}).status_code == 404
    [again] = callers.organizer("POST", path, body).get_json()["items"]
    assert again["id"] != entry["id"]

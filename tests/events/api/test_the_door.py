"""Tickets, scans, counts and what came of it, over HTTP."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from tests.events.api.callers import Callers
from tests.events.api.test_wording_and_cost import counting_queries
from tests.support.event_builders import ANN, BEN, CUI, DAI, ORGANIZER, TOMORROW


def ticket_of(callers: Callers, activity: str, who: UUID) -> str:
    signed_up = callers.sign_up(activity, who).get_json()
    answer = callers.call("GET", f"/registrations/{signed_up['id']}/ticket", who)
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()["code"]


def test_a_ticket_is_its_owners_alone(callers: Callers) -> None:
    activity = callers.published()
    signed_up = callers.sign_up(activity, ANN).get_json()
    path = f"/registrations/{signed_up['id']}/ticket"
    ticket = callers.call("GET", path, ANN).get_json()
    assert (len(ticket["code"]), ticket["admits"]) == (12, True)
    assert callers.call("GET", path, BEN).status_code == 404
    assert callers.call("GET", path).status_code == 401
    assert callers.organizer("GET", path).status_code == 404
    assert callers.call("GET", path, CUI, roles=("staff",)).status_code == 404
    listed = callers.organizer("GET", f"/library-events/{activity}/registrations").data
    assert ticket["code"].encode() not in listed
    waiting = callers.sign_up(activity, BEN).get_json()
    shown = callers.call("GET", f"/registrations/{waiting['id']}/ticket", BEN).get_json()
    assert shown["admits"] is False
    callers.give_up(signed_up, ANN)
    ended = callers.call("GET", path, ANN)
    assert (ended.status_code, ended.get_json()["code"]) == (409, "no_ticket")


def test_a_ticket_lets_in_once_and_a_bad_one_says_why(callers: Callers) -> None:
    activity, other = callers.published(), callers.published()
    codes = {
        "ann": ticket_of(callers, activity, ANN),
        "ben": ticket_of(callers, activity, BEN),
        "elsewhere": ticket_of(callers, other, CUI),
    }
    callers.clock.set(TOMORROW)
    path = f"/library-events/{activity}/attendances"

    def show(code: str, **more: Any) -> Any:
        return callers.organizer("POST", path, {"ticket_code": code, **more})

    groups = " ".join(codes["ann"][at : at + 4] for at in (0, 4, 8))
    first, again = show(groups).get_json(), show(codes["ann"]).get_json()
    assert (first["recorded"], again["recorded"]) == (1, 0)
    assert first["items"][0]["id"] == again["items"][0]["id"]
    assert first["items"][0]["method"] == "ticket"
    waiting = show(codes["ben"])
    assert (waiting.status_code, waiting.get_json()["code"]) == (409, "ticket_waiting")
    assert waiting.get_json()["numbers"]["patron_id"] == str(BEN)
    assert show(codes["ben"], let_in_waiting=True).get_json()["recorded"] == 1
    elsewhere = show(codes["elsewhere"])
    assert elsewhere.get_json()["code"] == "ticket_of_another_activity"
    assert str(CUI) not in elsewhere.get_data(as_text=True)
    unknown = show("123")
    assert (unknown.status_code, unknown.get_json()["code"]) == (422, "ticket_unknown")


@pytest.mark.parametrize(
    "body",
    [{}, {"ticket_code": "1", "attendees": [{"patron_id": str(ANN)}]}, {"let_in_waiting": True}],
)
def test_attendance_is_by_ticket_or_by_person(callers: Callers, body: dict[str, Any]) -> None:
    path = f"/library-events/{callers.published()}/attendances"
    assert callers.organizer("POST", path, body).status_code == 422


def test_scans_without_network_are_settled_once(callers: Callers) -> None:
    activity = callers.published(capacity=3)
    codes = [ticket_of(callers, activity, who) for who in (ANN, BEN)]
    callers.clock.set(TOMORROW + timedelta(hours=3))
    scans = [
        {"scan_id": str(uuid4()), "ticket_code": code, "occurred_at": "2026-11-25T08:05:00Z"}
        for code in (*codes, "99")
    ]
    path = f"/library-events/{activity}/scans"
    sent = callers.organizer("POST", path, {"scans": scans})
    assert sent.status_code == 200, sent.get_json()
    outcomes = [item["outcome"] for item in sent.get_json()["items"]]
    assert outcomes == ["admitted", "admitted", "ticket_unknown"]
    assert sent.get_json()["items"][0]["patron_id"] == str(ANN)
    assert callers.organizer("POST", path, {"scans": scans}).get_json() == sent.get_json()
    listed = callers.organizer("GET", f"/library-events/{activity}/attendances").get_json()
    assert [item["attended_at"] for item in listed["items"]] == ["2026-11-25T08:05:00Z"] * 2
    stranger = callers.call("POST", path, DAI, roles=("organizer",), body={"scans": scans})
    assert stranger.status_code == 403


def test_the_id_of_a_scan_is_good_for_its_own_ticket_alone(callers: Callers) -> None:
    activity = callers.published(capacity=3)
    codes = [ticket_of(callers, activity, who) for who in (ANN, BEN)]
    callers.clock.set(TOMORROW)
    scans = [{"scan_id": str(UUID(int=7)), "ticket_code": code} for code in (*codes, "99")]
    path = f"/library-events/{activity}/scans"
    for _ in range(2):
        sent = callers.organizer("POST", path, {"scans": scans}).get_json()["items"]
        outcomes = [item["outcome"] for item in sent]
        assert outcomes == ["admitted", "scan_id_reused", "scan_id_reused"]
        assert (sent[1]["attendance_id"], sent[1]["patron_id"]) == (None, None)
    listed = callers.organizer("GET", f"/library-events/{activity}/attendances").get_json()
    assert [item["patron_id"] for item in listed["items"]] == [str(ANN)]


def test_heads_are_counted_over_http(callers: Callers) -> None:
    activity = callers.published()
    callers.clock.set(TOMORROW)
    path = f"/library-events/{activity}/head-counts"
    callers.organizer("POST", path, {"more": 1, "audience": "visitor"})
    counted = callers.organizer("POST", path, {"more": 2}).get_json()
    assert (counted["anonymous"], counted["by_audience"]) == (3, {"visitor": 1})
    for body in ({}, {"anonymous": 1, "more": 1}, {"audience": "visitor", "anonymous": 2}):
        assert callers.organizer("POST", path, body).status_code == 422
    refused = callers.organizer("POST", path, {"more": -4})
    assert (refused.status_code, refused.get_json()["code"]) == (422, "headcount_refused")


def test_results_tell_from_sign_ups_to_attendance(callers: Callers) -> None:
    activity = callers.published(capacity=3)
    codes = {who: ticket_of(callers, activity, who) for who in (ANN, BEN)}
    callers.sign_up(activity, CUI, party=2)
    path = f"/library-events/{activity}"
    callers.clock.set(TOMORROW)
    callers.organizer("POST", f"{path}/attendances", {"ticket_code": codes[ANN]})
    walk_in = {"attendees": [{"patron_id": str(DAI), "party_size": 2}]}
    callers.organizer("POST", f"{path}/attendances", walk_in)
    callers.organizer("POST", f"{path}/head-counts", {"anonymous": 4})

    live = callers.organizer("GET", f"{path}/results").get_json()
    assert live["signed_up"] == {"sign_ups": 3, "people": 4}
    assert live["expected"] == {"sign_ups": 1, "people": 1}
    assert live["waiting"] == {"sign_ups": 1, "people": 2}
    assert live["walk_ins"] == {"sign_ups": 1, "people": 2}
    assert live["present"] == 1 + 2 + 4
    assert live["show_up"] == {"numerator": 1, "denominator": 2, "value": None}

    callers.clock.set(TOMORROW + timedelta(hours=3))
    callers.organizer("POST", f"{path}/close")
    settled = callers.organizer("GET", f"{path}/results").get_json()
    assert settled["no_show"] == {"sign_ups": 1, "people": 1}
    assert settled["not_measured"] == settled["expected"] == {"sign_ups": 0, "people": 0}
    assert settled["show_up"]["value"] == 0.5
    stranger = callers.call("GET", f"{path}/results", BEN, roles=("organizer",))
    assert stranger.status_code == 403


def test_what_nobody_measured_is_not_a_no_show(callers: Callers) -> None:
    activity = callers.published()
    callers.sign_up(activity, ANN)
    callers.clock.set(TOMORROW + timedelta(hours=3))
    callers.organizer("POST", f"/library-events/{activity}/close")
    results = callers.organizer("GET", f"/library-events/{activity}/results").get_json()
    assert results["not_measured"]["sign_ups"] == 1
    assert results["no_show"]["sign_ups"] == 0
    assert results["show_up"]["value"] is None


def test_the_list_says_who_waits_where_and_why(callers: Callers) -> None:
    activity = callers.published()
    for who in (ANN, BEN, CUI):
        callers.sign_up(activity, who)
    path = f"/library-events/{activity}/registrations"
    waiting = callers.organizer("GET", f"{path}?status=waitlisted,offered").get_json()["items"]
    assert [(item["position"], item["reason"]["code"]) for item in waiting] == [
        (1, "no_place_free"),
        (2, "others_wait_longer"),
    ]
    assert "position 2" in waiting[1]["reason"]["message"]
    everybody = callers.organizer("GET", path).get_json()["items"]
    assert everybody[0]["reason"] is None
    assert callers.organizer("GET", f"{path}?status=odd").status_code == 422


def test_files_for_spreadsheets_speak_the_readers_language(callers: Callers) -> None:
    activity = callers.published()
    callers.sign_up(activity, ANN)
    path = f"/library-events/{activity}"
    listed = callers.call(
        "GET", f"{path}/registrations.csv", ORGANIZER, roles=("organizer",), Accept_Language="zh-CN"
    )
    assert listed.headers["Content-Type"] == "text/csv; charset=utf-8"
    head, row, *_ = listed.get_data(as_text=True).removeprefix("\ufeff").splitlines()
    assert head.startswith("序号,读者,状态")
    assert row.split(",")[:5] == ["1", str(ANN), "已有名额", "1", ""]
    results = callers.organizer("GET", f"{path}/results.csv").get_data(as_text=True)
    assert "Signed up,1,1" in results
    for name in ("registrations.csv", "results.csv"):
        stranger = callers.call("GET", f"{path}/{name}", BEN, roles=("organizer",))
        assert stranger.status_code == 403


def test_everybody_may_read_why_an_activity_was_called_off(callers: Callers) -> None:
    activity = callers.published()
    path = f"/library-events/{activity}"
    callers.organizer("POST", f"{path}/cancel", {"reason": "The poet is ill."})
    assert callers.call("GET", path).get_json()["cancel_reason"] == "The poet is ill."


def test_many_scans_cost_no_more_questions_than_few(callers: Callers, engine: Engine) -> None:
    activity = callers.published(capacity=40)
    codes = [ticket_of(callers, activity, UUID(int=1000 + number)) for number in range(22)]
    callers.clock.set(TOMORROW)

    def cost(some: list[str]) -> int:
        scans = [{"scan_id": str(uuid4()), "ticket_code": code} for code in some]
        with counting_queries(engine) as asked:
            sent = callers.organizer("POST", f"/library-events/{activity}/scans", {"scans": scans})
        assert {item["outcome"] for item in sent.get_json()["items"]} == {"admitted"}
        # An insert or update of many rows is one statement, however it is sent.
        return len(set(asked))

    assert cost(codes[:2]) == cost(codes[2:])

"""The door's page: tickets, walk-ins, counting, scans sent late; and the ticket one shows there."""

import json
import re
from dataclasses import dataclass
from uuid import uuid4

import pytest

from tests.support.gateway_house import House, Visitor
from tests.support.gateway_pages import form_token
from tests.support.platform_campus import PlatformCampus, build_campus


@dataclass
class Evening:
    """A published activity with one place, at its start."""

    house: House
    organizer: Visitor
    page: str
    ann: Visitor
    ben: Visitor

    @property
    def door(self) -> str:
        return f"{self.page}/door"

    def act(self, what: str, **chosen: str) -> str:
        """Send one of the door's forms; return the page one sees then."""
        answer = self.organizer.send(self.door, f"{self.door}/{what}", **chosen)
        if answer.status_code == 302:
            return self.organizer.see(answer.location)
        return answer.get_data(as_text=True)

    def digits_of(self, person: Visitor) -> str:
        shown = person.see(self.page.replace("organizing", "whats-on"))
        found = re.search(r'class="digits">([\d ]{14})<', shown)
        assert found is not None
        return found[1]


@pytest.fixture
def evening(house: House) -> Evening:
    chief = house.person("staff", "organizer", "manager", "admin", login="chief")
    campus: PlatformCampus = build_campus(chief, rooms=1)  # type: ignore[arg-type]  # as good as a Person
    house.move_messages()
    organizer = house.person("organizer")
    said = {"title_en": "Poems", "space_id": campus.space_ids[0], "capacity": "1"}
    today = {"day": "2026-11-24", "starts": "20:20", "ends": "22:00"}
    page: str = organizer.send("/organizing/new", "/organizing/new", **said, **today).location
    house.move_messages()
    organizer.send(page, f"{page}/publish")
    people = [house.person(), house.person()]
    public = page.replace("organizing", "whats-on")
    for person in people:
        person.send(public, f"{public}/sign-up")
    return Evening(house, organizer, page, *people)


def test_a_ticket_is_shown_to_who_has_a_place_as_a_square_and_as_digits(evening: Evening) -> None:
    public = evening.page.replace("organizing", "whats-on")
    shown = evening.ann.see(public)
    assert '<svg class="qr"' in shown or 'class="qr"' in shown
    assert len(evening.digits_of(evening.ann)) == 14
    assert "Your ticket" not in evening.ben.see(public)
    assert "Your ticket" not in evening.organizer.see(public)


def test_a_typed_ticket_lets_in_by_name_once(evening: Evening) -> None:
    digits = evening.digits_of(evening.ann)
    assert "王小明 is in." in evening.act("ticket", ticket_code=digits)
    assert "王小明 is in already." in evening.act("ticket", ticket_code=digits)
    assert "No ticket has these digits" in evening.act("ticket", ticket_code="12")


def test_who_waits_is_let_in_with_one_more_tap(evening: Evening) -> None:
    waiting = evening.ben.get("/api/events/v1/registrations")["items"][0]
    ticket = evening.ben.get(f"/api/events/v1/registrations/{waiting['id']}/ticket")
    shown = evening.act("ticket", ticket_code=ticket["code"])
    assert "waiting list" in shown
    assert "Let 王小明 in" in shown
    assert "王小明 is in." in evening.act("ticket", ticket_code=ticket["code"], let_in="1")


def test_a_walk_in_is_found_by_name_and_of_several_one_is_chosen(evening: Evening) -> None:
    several = evening.act("walk-in", who="王小")
    assert several.count('name="patron_id"') > 1
    assert "Nobody is found" in evening.act("walk-in", who="nobody at all")
    chosen = str(evening.ben.account.patron_id)
    assert "王小明 is in." in evening.act("walk-in", patron_id=chosen, who="")


def test_an_entry_by_mistake_is_taken_back(evening: Evening) -> None:
    entered = evening.act("ticket", ticket_code=evening.digits_of(evening.ann))
    assert 'name="attendance_id"' in entered
    back = evening.act("take-back")
    assert "Taken back." in back
    assert 'name="attendance_id"' not in back


def test_people_are_counted_one_by_one_by_audience_or_whole(evening: Evening) -> None:
    token = form_token(evening.organizer.browser.get(evening.door))

    def tap(**sent: str) -> str:
        answer = evening.organizer.browser.post(
            f"{evening.door}/heads", data={"csrf_token": token, **sent}
        )
        if answer.status_code == 302:
            return evening.organizer.see(evening.door)
        return answer.get_data(as_text=True)

    tap(more="1", audience="visitor")
    shown = tap(more="1")
    assert '<output class="number">2</output>' in shown
    assert "does not add up" in tap(fewer="1", audience="academic")
    assert '<output class="number">25</output>' in tap(anonymous="25")


def test_scans_kept_without_network_are_settled_with_names(evening: Evening) -> None:
    digits = evening.digits_of(evening.ann)
    token = form_token(evening.organizer.browser.get(evening.door))
    scans = [
        {"scan_id": str(uuid4()), "ticket_code": digits, "occurred_at": "2026-11-24T11:58:00Z"},
        {"scan_id": str(uuid4()), "ticket_code": "1", "occurred_at": "2026-11-24T11:59:00Z"},
    ]

    def send(body: object, header: str = token) -> tuple[int, dict]:
        answer = evening.organizer.browser.post(
            f"{evening.door}/scans", json=body, headers={"X-CSRFToken": header}
        )
        return answer.status_code, json.loads(answer.data) if answer.is_json else {}

    status, settled = send({"scans": scans})
    assert status == 200
    assert [(one["outcome"], one["name"]) for one in settled["items"]] == [
        ("admitted", "王小明"),
        ("ticket_unknown", ""),
    ]
    assert send({"scans": scans}) == (200, settled)
    assert send({"scans": scans}, header="")[0] == 400
    assert send({"scans": "x"})[0] == 400
    assert send({"scans": [{"ticket_code": 5}]})[0] == 422


@pytest.mark.parametrize(
    ("language", "said"), [("en", "please scan this one again"), ("zh-CN", "请重新扫码")]
)
def test_another_ticket_under_the_number_of_a_scan_is_shown_as_a_no(
    evening: Evening, language: str, said: str
) -> None:
    token = form_token(evening.organizer.browser.get(evening.door))
    scan_id = str(uuid4())
    scans = [
        {"scan_id": scan_id, "ticket_code": code} for code in (evening.digits_of(evening.ann), "1")
    ]
    evening.organizer.send("/settings", "/settings", theme="dark", language=language)
    answer = evening.organizer.browser.post(
        f"{evening.door}/scans", json={"scans": scans}, headers={"X-CSRFToken": token}
    )
    welcome, reused = json.loads(answer.data)["items"]
    assert (welcome["outcome"], welcome["name"]) == ("admitted", "王小明")
    assert (reused["outcome"], reused["name"]) == ("scan_id_reused", "")
    assert said in reused["message"]


def test_a_code_no_ticket_can_have_holds_up_no_scan_sent_with_it(evening: Evening) -> None:
    digits = evening.digits_of(evening.ann)
    token = form_token(evening.organizer.browser.get(evening.door))
    codes = ("", "\x00", "\ud83d", "9" * 101, digits)
    scans = [{"scan_id": str(uuid4()), "ticket_code": code} for code in codes]
    answer = evening.organizer.browser.post(
        f"{evening.door}/scans",
        data=json.dumps({"scans": scans}),  # as browsers write halves of characters
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )
    outcomes = [one["outcome"] for one in json.loads(answer.data)["items"]]
    assert outcomes == [*["ticket_unknown"] * 4, "admitted"]


def test_only_the_door_may_use_the_camera(evening: Evening) -> None:
    door = evening.organizer.browser.get(evening.door)
    assert door.headers["Permissions-Policy"] == "camera=(self)"
    assert "js/door.js" in door.get_data(as_text=True)
    other = evening.organizer.browser.get(evening.page)
    assert "js/door.js" not in other.get_data(as_text=True)


def test_the_code_of_the_room_leads_to_the_activity_with_the_digits_filled_in(
    evening: Evening,
) -> None:
    shown = evening.organizer.see(f"{evening.page}/code")
    found = re.search(r'class="digits">(\d{3}) (\d{3})<', shown)
    assert found is not None
    public = evening.page.replace("organizing", "whats-on")
    assert f'value="{found[1]}{found[2]}"' in evening.ann.see(f"{public}?code={found[1]}{found[2]}")

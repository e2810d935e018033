"""What a service does not tell just now is not said to be nothing."""

from datetime import timedelta

import pytest

from tests.support.gateway_builders import NOON
from tests.support.gateway_house import House, Visitor, form_fields
from tests.support.gateway_pages import form_token
from tests.support.platform_campus import PlatformCampus, build_campus

LANGUAGES = ("en", "zh-CN")
AWAY = {"en": "This part is not available just now", "zh-CN": "这部分暂时不可用"}
NOTHING = {"en": "Nothing is booked.", "zh-CN": "暂无预约。"}
TICKET = {"en": "You have it all the same", "zh-CN": "您的入场券仍然有效"}
LIBRARIES = {
    "en": "The libraries cannot be read just now",
    "zh-CN": "现在无法读取图书馆信息",
}


@pytest.fixture
def campus(house: House) -> PlatformCampus:
    staff = house.person("staff", "organizer", "manager", "admin", login="chief")
    made = build_campus(staff, rooms=1, capacity=4)  # type: ignore[arg-type]  # as good as a Person
    house.move_messages()
    return made


def with_place(campus: PlatformCampus, visitor: Visitor) -> str:
    """Publish an activity and sign somebody up; return its id."""
    body = {
        "programme": "workshop",
        "title_en": "Reading maps",
        "title_zh": "读地图",
        "place": "Hall",
        "library_id": campus.library_id,
        "space_kind": "cultural",
        "starts_at": (NOON + timedelta(days=2)).isoformat(),
        "ends_at": (NOON + timedelta(days=2, hours=2)).isoformat(),
        "capacity": 5,
    }
    activity: str = campus.staff.post("/api/events/v1/library-events", body)["id"]
    campus.staff.post(f"/api/events/v1/library-events/{activity}/publish")
    visitor.post(f"/api/events/v1/library-events/{activity}/registrations", {})
    return activity


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("campus")
def test_half_of_what_is_mine_is_not_said_to_be_all(house: House, language: str) -> None:
    student = house.person(language=language)
    assert NOTHING[language] in student.see("/")
    house.closed.add("events")
    mine = student.see("/").split('id="mine"')[1].split("</section>")[0]
    assert NOTHING[language] not in mine
    assert AWAY[language] in mine


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ticket_that_cannot_be_shown_is_not_said_to_be_none(
    house: House, campus: PlatformCampus, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    student = house.person(language=language)
    page = f"/whats-on/{with_place(campus, student)}"
    assert 'class="qr"' in student.see(page)
    monkeypatch.setattr("gateway.pages.services.if_it_answers", lambda _ask: None)
    shown = student.see(page)
    assert TICKET[language] in shown
    assert 'class="qr"' not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_libraries_that_cannot_be_read_stay_those_of_the_person(
    house: House, campus: PlatformCampus, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chief = house.person("admin", language=language)
    person = house.person("staff")
    page = f"/admin/people/{person.account.patron_id}"
    form = chief.browser.get(page)
    there = {"everywhere": "no", "libraries": campus.library_id, "roles": ["patron", "staff"]}
    said = {**form_fields(form.get_data(as_text=True), f"{page}/roles"), **there}
    kept = chief.browser.post(f"{page}/roles", data={**said, "csrf_token": form_token(form)})
    assert kept.status_code == 302
    monkeypatch.setattr("gateway.pages.services.if_it_answers", lambda _ask: None)
    shown = chief.see(page)
    assert LIBRARIES[language] in shown
    assert f'name="libraries" value="{campus.library_id}"' in shown

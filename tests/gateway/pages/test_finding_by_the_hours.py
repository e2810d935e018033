"""What one looks for without saying when: the whole day as the library opens, and why not."""

from typing import Any

import pytest

from tests.support.gateway_house import House, links
from tests.support.platform_campus import BOOKING, PlatformCampus

TOMORROW = "/find?day=2026-11-25&minutes=60&party=2&space_type=room"


def opens(campus: PlatformCampus, opens: str, closes: str) -> None:
    days = [
        {"weekday": day, "spans": [{"opens": opens, "closes": closes}] if day < 6 else []}
        for day in range(7)
    ]
    campus.staff.put(f"{BOOKING}/hours/library/{campus.library_id}/weekly", {"days": days})


@pytest.fixture
def half_past(campus: PlatformCampus) -> PlatformCampus:
    """A library that is open from 07:30 to 22:30, closed on Sundays."""
    opens(campus, "07:30", "22:30")
    return campus


@pytest.mark.usefixtures("half_past")
def test_another_day_is_looked_through_from_opening_to_closing(house: House) -> None:
    student = house.person()
    form = student.see("/find?day=2026-11-24")
    assert 'name="earliest" type="time" value=""' in form
    offered = links(student.see(TOMORROW + "&earliest=&latest="), "/find/confirm")
    assert "starts_at=2026-11-24T23:30:00Z" in offered[0]
    assert any("starts_at=2026-11-25T13:30:00Z" in one for one in offered)


@pytest.mark.usefixtures("half_past")
def test_of_today_only_what_is_left_is_offered(house: House) -> None:
    offered = links(house.person().see(TOMORROW.replace("25", "24")), "/find/confirm")
    assert "starts_at=2026-11-24T12:00:00Z" in offered[0]


@pytest.mark.usefixtures("half_past")
def test_a_time_somebody_chose_stays_with_the_other_ways_to_look(house: House) -> None:
    page = house.person().see(f"{TOMORROW}&earliest=20:00")
    assert links(page, "/find/day?")[0].count("earliest=20") == 1
    assert "latest=" not in links(page, "/find/day?")[0]


@pytest.mark.usefixtures("half_past")
def test_an_end_before_the_start_is_a_sentence(house: House) -> None:
    student = house.person(language="zh-CN")
    answer = student.browser.get(f"{TOMORROW}&earliest=18:00&latest=15:00")
    assert answer.status_code == 422
    assert "最早开始须早于最晚结束。" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"day": "2026-11-20"}, "That time is past."),
        ({"day": "2026-11-29"}, "Closed on"),
        ({"earliest": "05:00", "latest": "07:00"}, "Closed at that time; on"),
        ({"party": "40"}, "the largest holds 4"),
    ],
)
@pytest.mark.usefixtures("half_past")
def test_a_search_in_vain_says_why(asked: dict[str, Any], why: str, house: House) -> None:
    query = {"day": "2026-11-25", "minutes": "60", "space_type": "room", **asked}
    page = house.person().see("/find?" + "&".join(f"{k}={v}" for k, v in query.items()))
    assert why in page


@pytest.mark.usefixtures("half_past")
def test_what_is_offered_instead_says_which_wish_it_leaves_out(house: House) -> None:
    page = house.person().see(TOMORROW + "&feature=projector&earliest=10:00")
    assert "No space of this kind has everything you wish for." in page
    assert "Without Projector" in page


def test_the_map_shows_another_day_from_its_opening_on(
    house: House, half_past: PlatformCampus
) -> None:
    room = f"{BOOKING}/spaces/{half_past.space_ids[0]}"
    known = half_past.staff.get(room)
    sent = ("code", "name_zh", "name_en", "zone_id", "space_type", "space_kind", "capacity")
    plan = {"x": 0, "y": 0, "width": 90, "height": 40}
    half_past.staff.put(room, {**{name: known[name] for name in sent}, "plan": plan})
    student = house.person()
    assert "07:30–08:30" in student.see("/find/map?day=2026-11-25&minutes=60&earliest=")
    assert "20:00–21:00" in student.see("/find/map?day=2026-11-24&minutes=60")
    assert "09:00–10:00" in student.see("/find/map?day=2026-11-25&minutes=60&earliest=09:00")

"""What is one's own is told in words, days and a language that its owner understands."""

from datetime import timedelta

import pytest

from tests.gateway.pages.test_journeys import book_tomorrow
from tests.support.gateway_builders import NOON
from tests.support.gateway_house import House
from tests.support.platform_campus import PlatformCampus

pytestmark = pytest.mark.usefixtures("campus")


def test_a_calendar_address_speaks_the_language_of_its_owner(house: House) -> None:
    student = house.person(language="zh-CN")
    book_tomorrow(student)
    page = student.send("/my-bookings", "/my-bookings/calendar").get_data(as_text=True)
    feed = house.services.get(page.split("http://localhost:8000")[1].split("<")[0])
    assert "0 号室" in feed.text
    assert "Room 0" not in feed.text


def test_a_check_in_window_on_another_day_says_which(house: House, campus: PlatformCampus) -> None:
    student = house.person()
    starts = NOON + timedelta(days=3)  # the window opens a day before
    span = {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=1)).isoformat()}
    wanted = {"space_id": campus.space_ids[0], **span}
    made = student.post("/api/booking/v1/reservations", wanted)
    page = student.see(f"/my-bookings/{made['id']}")
    told = page.split('id="arrive"')[1].split("</section>")[0]
    assert "Thu, Nov 26" in told
    assert "Fri, Nov 27" in told


@pytest.mark.usefixtures("campus_told")
def test_points_show_their_rule_in_words_and_lead_to_the_acts(
    house: House, campus: PlatformCampus
) -> None:
    student = house.person()
    said = {"library_id": campus.library_id, "space_kind": "learning"}
    idea = {**said, "title": "More plants", "body": "Because."}
    student.post("/api/engagement/v1/suggestions", idea)
    house.move_messages()
    entry = student.see("/my-points").split("Where it comes from")[1].split("</details>")[0]
    assert "Suggestion made · version 1 · 3 points for each · at most 6 points a day" in entry
    assert 'href="/suggestions?mine=made"' in entry
    assert "<code" not in entry

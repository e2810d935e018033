"""The screen beside a door, on the real services: when for everybody, the code with a key."""

import re
from uuid import uuid4

import pytest

from shared.kernel.clock import SetClock
from tests.gateway.pages.test_journeys import book_tomorrow
from tests.gateway.pages.test_staff_desk import BOOKING, booking_id, staff
from tests.support.gateway_house import House, Visitor
from tests.support.platform_campus import PlatformCampus

__all__ = ["staff"]
DIGITS = re.compile(r'class="digits">(\d{6})<')


def test_a_door_says_when_it_is_taken_and_never_by_whom(
    house: House, staff: Visitor, campus: PlatformCampus, clock: SetClock
) -> None:
    student = house.person()
    made = staff.get(f"{BOOKING}/reservations/{booking_id(book_tomorrow(student))}")
    screen = house.apps["gateway"].test_client()
    address = f"/door/{made['space_id']}"
    assert "Free" in screen.get(address).get_data(as_text=True)
    clock.set(clock.now().fromisoformat(made["starts_at"]))
    page = screen.get(address).get_data(as_text=True)
    assert "Taken" in page
    assert student.account.display_name not in page
    assert made["id"] not in page
    assert DIGITS.search(page) is None
    assert 'http-equiv="refresh"' in page
    assert campus.space_ids


def test_a_screen_keeps_its_key_out_of_the_address_and_shows_the_code(
    house: House, staff: Visitor, campus: PlatformCampus
) -> None:
    space = campus.space_ids[0]
    key = staff.post(f"{BOOKING}/spaces/{space}/display-keys", {"label": "Left"})["key"]
    screen = house.apps["gateway"].test_client()
    first = screen.get(f"/door/{space}?key={key}")
    assert first.headers["Location"] == f"/door/{space}"
    assert f"Path=/door/{space}" in first.headers["Set-Cookie"]
    assert "HttpOnly" in first.headers["Set-Cookie"]
    page = screen.get(f"/door/{space}").get_data(as_text=True)
    shown = DIGITS.search(page)
    assert shown is not None
    told = staff.get(f"{BOOKING}/spaces/{space}/check-in-code")
    assert shown[1] == told["code"]
    assert "<svg" in page
    assert "style=" not in page


def test_a_key_of_another_door_or_of_nobody_shows_no_code(
    house: House, staff: Visitor, campus: PlatformCampus
) -> None:
    space, other = campus.space_ids
    key = staff.post(f"{BOOKING}/spaces/{other}/display-keys", {"label": "Left"})["key"]
    for wrong in (key, "x" * 500, "%F0%9F%92%A9", "%0d%0a"):
        screen = house.apps["gateway"].test_client()
        screen.get(f"/door/{space}?key={wrong}")
        page = screen.get(f"/door/{space}")
        assert page.status_code == 200
        assert DIGITS.search(page.get_data(as_text=True)) is None


@pytest.mark.parametrize(
    ("language", "said"), [("en", "not one of this space"), ("zh-CN", "此屏幕的密钥不属于该空间")]
)
def test_a_screen_whose_key_was_taken_back_says_so_and_goes_on_showing_the_door(
    house: House, staff: Visitor, campus: PlatformCampus, language: str, said: str
) -> None:
    space = campus.space_ids[0]
    key = staff.post(f"{BOOKING}/spaces/{space}/display-keys", {"label": "Left"})
    screen = house.apps["gateway"].test_client()
    screen.get(f"/door/{space}?key={key['key']}")
    read = {"Accept-Language": language}
    assert said not in screen.get(f"/door/{space}", headers=read).get_data(as_text=True)
    house.services.delete(f"{BOOKING}/display-keys/{key['id']}", headers=staff.headers)
    for _ in range(2):
        page = screen.get(f"/door/{space}", headers=read)
        assert page.status_code == 200
        assert page.get_data(as_text=True).count(said) == 1
        assert DIGITS.search(page.get_data(as_text=True)) is None


def test_a_door_that_is_not_there_is_a_404_page(house: House) -> None:
    assert house.apps["gateway"].test_client().get(f"/door/{uuid4()}").status_code == 404

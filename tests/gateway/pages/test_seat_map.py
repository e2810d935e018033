"""The map of seats by finger, and what the list beside it says."""

import pytest

from gateway.pages.find_on_map import FINGER_PIXELS, finger_scale, what_it_has
from tests.support.gateway_house import House

SEAT, HALL = {"width": 24, "height": 19}, {"width": 180, "height": 120}


def test_the_smallest_spot_is_as_large_as_a_fingertip() -> None:
    assert finger_scale([HALL, SEAT]) * SEAT["height"] == pytest.approx(FINGER_PIXELS)


@pytest.mark.parametrize("spots", [[], [{"width": 90, "height": 60}]], ids=["none", "large"])
def test_what_is_large_enough_is_drawn_no_smaller(spots: list[dict[str, int]]) -> None:
    assert finger_scale(spots) == 1.0


def test_the_list_tells_seats_apart_by_what_they_have(house: House) -> None:
    seat = {"features": ["power", "window"], "accessible": True}
    with house.apps["gateway"].test_request_context(headers={"Accept-Language": "en"}):
        assert what_it_has(seat) == "Power socket, Window, Step-free"
        assert what_it_has({"features": []}) == ""

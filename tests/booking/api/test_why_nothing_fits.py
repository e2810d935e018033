"""A search that finds nothing says why, as far as that can be told."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.booking.api.test_availability_over_http import ME, hold, search
from tests.support.booking_builders import OTHER_ROOM, ROOM


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"start": -48, "end": -40}, "window_past"),
        ({"party": 7}, "nothing_so_large"),
        ({"space_kind": "cultural"}, "nothing_reservable"),
        ({"features": "piano"}, "nothing_so_equipped"),
        ({"minutes": 300}, "too_long"),
        ({"start": 24 * 30, "end": 24 * 30 + 5}, "beyond_horizon"),
        ({"start": 1, "end": 6}, "outside_hours"),
    ],
)
def test_the_reason_is_named(client: FlaskClient, asked: dict[str, Any], why: str) -> None:
    found = search(client, **asked)
    assert (found["items"], found["because"]["code"]) == ([], why)
    assert "…" not in found["because"]["message"]


def test_what_was_found_needs_no_reason(client: FlaskClient) -> None:
    assert search(client)["because"] is None


def test_ones_own_reservation_is_told_from_those_of_others(client: FlaskClient) -> None:
    hold(client, ROOM, 13, 120, patron_id=ME)
    assert search(client, start=13, end=15)["because"]["code"] == "own_in_the_way"
    hold(client, OTHER_ROOM, 13, 120)
    assert search(client, start=13, end=15)["because"]["code"] == "all_taken"

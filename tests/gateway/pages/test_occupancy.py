"""The day grid and the map say of each half-hour what booking says of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gateway.pages.occupancy import columns, row, state_at

NINE = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
LONG_AGO = NINE - timedelta(days=1)


def wire(hour: float) -> str:
    return (NINE.replace(hour=0) + timedelta(hours=hour)).isoformat()


def a_space(
    *busy: tuple[float, float, bool], opens: float = 9, closes: float = 12
) -> dict[str, Any]:
    return {
        "in_use": True,
        "open": [{"starts_at": wire(opens), "ends_at": wire(closes)}],
        "busy": [{"starts_at": wire(a), "ends_at": wire(b), "own": own} for a, b, own in busy],
    }


def test_columns_reach_from_the_first_opening_to_the_last_closing() -> None:
    starts = columns([a_space(opens=9.25, closes=10), a_space(opens=10, closes=11.25)], LONG_AGO)
    assert [start.strftime("%H:%M") for start in starts] == [
        "09:00", "09:30", "10:00", "10:30", "11:00"
    ]  # fmt: skip


def test_no_space_open_means_no_columns() -> None:
    assert columns([{"in_use": True, "open": [], "busy": []}], LONG_AGO) == []


@pytest.mark.parametrize(
    ("minutes", "first"),
    [(0, "09:00"), (89, "10:00"), (90, "10:30"), (179, "11:30"), (180, "09:00")],
    ids=["opening", "in a half-hour", "at the next", "in the last", "over"],
)
def test_a_day_that_has_begun_starts_with_the_half_hour_that_runs(minutes: int, first: str) -> None:
    now = NINE + timedelta(minutes=minutes)
    assert columns([a_space()], now)[0].strftime("%H:%M") == first


def test_free_half_hours_stand_alone_and_taken_ones_as_one_stretch() -> None:
    space = a_space((9.5, 10.5, False), (11, 11.5, True))
    cells = row(space, columns([space], LONG_AGO), LONG_AGO)
    assert [(cell.state, cell.steps) for cell in cells] == [
        ("free", 1), ("busy", 2), ("free", 1), ("own", 1), ("free", 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "state"),
    [
        (9, 10, "free"),
        (10, 11, "busy"),
        (9.5, 10.25, "busy"),
        (11, 11.5, "free"),
        (11.5, 12.5, "shut"),
        (8.5, 9.5, "shut"),
    ],
)
def test_a_stay_is_free_only_when_it_is_open_throughout_and_touches_nobody(
    start: float, end: float, state: str
) -> None:
    space = a_space((10, 11, False))
    midnight = NINE.replace(hour=0)
    first, last = midnight + timedelta(hours=start), midnight + timedelta(hours=end)
    assert state_at(space, first, last, LONG_AGO) == state


def test_what_is_over_cannot_be_had() -> None:
    half_past = NINE + timedelta(minutes=30)
    assert state_at(a_space(), NINE, half_past, half_past) == "shut"
    assert state_at(a_space(), NINE, half_past, NINE) == "free"


def test_a_space_out_of_use_is_shut_all_day() -> None:
    space = {**a_space(), "in_use": False}
    assert {cell.state for cell in row(space, columns([space], LONG_AGO), LONG_AGO)} == {"shut"}

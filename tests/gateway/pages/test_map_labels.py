"""What stands on a spot of the seat map stays within it."""

from typing import Any

import pytest

from gateway.pages.find_on_map import label_of


def a_spot(code: str, width: int) -> dict[str, Any]:
    return {"code": code, "plan": {"x": 0, "y": 0, "width": width, "height": 20}}


@pytest.mark.parametrize(
    ("code", "width", "squeezed"), [("VINYL-1", 20, 17), ("A001", 18, 15), ("A1", 18, None)]
)
def test_a_code_too_long_for_its_spot_is_drawn_narrower(
    code: str, width: int, squeezed: int | None
) -> None:
    assert label_of(a_spot(code, width)) == {"label": code, "squeezed": squeezed}


def test_a_chinese_code_counts_for_more() -> None:
    assert label_of(a_spot("三号机床", 24))["squeezed"] == 21
    assert label_of(a_spot("CNC3", 24))["squeezed"] is None

"""All four services behind the pages, at noon, and a small campus in them."""

import pytest

from tests.support.gateway_house import House
from tests.support.house_fixture import house
from tests.support.platform_campus import PlatformCampus, build_campus

__all__ = ["house"]


@pytest.fixture
def campus(house: House) -> PlatformCampus:
    staff = house.person("staff", "organizer", "manager", "admin", login="chief")
    return build_campus(staff, rooms=2, start_step_minutes=30, capacity=4)  # type: ignore[arg-type]  # as good as a Person


@pytest.fixture
def campus_told(house: House, campus: PlatformCampus) -> None:  # noqa: ARG001  # told after it is built
    """Every service has heard of the campus."""
    house.move_messages()

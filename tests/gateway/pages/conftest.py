"""All four services behind the pages, at noon, and a small campus in them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shared.kernel.clock import SetClock
from tests.support.gateway_house import House, open_house
from tests.support.platform_campus import PlatformCampus, build_campus


@pytest.fixture
def house(
    fresh_database: Callable[[str], str],
    embedded_broker_url: str,
    tmp_path: Path,
    clock: SetClock,
) -> Iterator[House]:
    opened = open_house(fresh_database, embedded_broker_url, tmp_path, clock)
    yield opened
    opened.close()


@pytest.fixture
def campus(house: House) -> PlatformCampus:
    staff = house.person("staff", "organizer", "manager", "admin", login="chief")
    return build_campus(staff, rooms=2, start_step_minutes=30, capacity=4)  # type: ignore[arg-type]  # as good as a Person


@pytest.fixture
def campus_told(house: House, campus: PlatformCampus) -> None:  # noqa: ARG001  # told after it is built
    """Every service has heard of the campus."""
    house.move_messages()

"""All four services in this process, for tests that import the fixture and say what time it is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shared.kernel.clock import SetClock
from tests.support.gateway_house import House, open_house


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

"""The running platform as a fixture, and the marks of each shape."""

from collections.abc import Iterator

import pytest

from tests.support.platform_start import shared_platform
from tests.support.running_platform import RunningPlatform, connected

SCALED = pytest.param(
    "scaled", marks=[pytest.mark.rabbitmq, pytest.mark.installed_postgres, pytest.mark.nginx]
)
both_shapes = pytest.mark.parametrize("platform", ["run", SCALED], indirect=True)


@pytest.fixture
def platform(request: pytest.FixtureRequest) -> Iterator[RunningPlatform]:
    """The run's platform as `make run` starts it; `scaled` by indirect parametrisation."""
    with connected(shared_platform(getattr(request, "param", "run"))) as running:
        yield running

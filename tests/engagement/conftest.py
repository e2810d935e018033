"""What engagement's tests share."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from tests.engagement.stage import Stage


@pytest.fixture
def stage(fresh_database: Callable[[str], str], open_engine: Callable[..., Engine]) -> Stage:
    return Stage(open_engine(fresh_database("engagement")))

"""An engine with room for a crowd."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine


@pytest.fixture
def engine(fresh_database: Callable[[str], str], open_engine: Callable[..., Engine]) -> Engine:
    return open_engine(fresh_database("events"), pool_size=12)

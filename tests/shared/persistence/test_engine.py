"""Sessions give up rather than hang, unless an operator has time."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text


@pytest.mark.parametrize(
    ("patient", "limits"), [(False, ("30s", "10s")), (True, ("0", "0"))], ids=["web", "operator"]
)
def test_how_long_a_session_waits(
    fresh_database: Callable[[str], str],
    open_engine: Callable[..., Engine],
    limits: tuple[str, str],
    *,
    patient: bool,
) -> None:
    with open_engine(fresh_database("empty"), patient=patient).connect() as connection:
        found = [
            connection.execute(text(f"SHOW {name}")).scalar_one()
            for name in ("statement_timeout", "lock_timeout")
        ]
    assert tuple(found) == limits

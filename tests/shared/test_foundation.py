"""The ground every other test stands on."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from tests.support.polling import eventually


@pytest.mark.parametrize(
    "postgres_server",
    ["embedded", pytest.param("installed", marks=pytest.mark.installed_postgres)],
    indirect=True,
)
def test_a_fresh_database_is_migrated_and_empty(
    fresh_database: Callable[[str], str], open_engine: Callable[..., Engine]
) -> None:
    engine = open_engine(fresh_database("messaging"))
    with engine.connect() as connection:
        count = connection.execute(text("SELECT count(*) FROM outbox")).scalar_one()
    assert count == 0


def test_two_fresh_databases_are_two(
    fresh_database: Callable[[str], str], open_engine: Callable[..., Engine]
) -> None:
    first, second = fresh_database("messaging"), fresh_database("messaging")
    with open_engine(first).begin() as connection:
        connection.execute(text("INSERT INTO tally VALUES ('x', 1)"))
    with open_engine(second).connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM tally")).scalar_one() == 0


def test_waiting_gives_the_last_failure_when_the_time_is_over() -> None:
    def never() -> bool:
        raise AssertionError("not the right number")

    with pytest.raises(AssertionError, match="not the right number"):
        eventually(never, within=0.05)

"""One expression, two engines: PostgreSQL and DuckDB give the same digits."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from services.engagement.domain.metrics.catalogue import METRICS, split_for
from services.engagement.domain.metrics.facts import SCHEMAS
from services.engagement.queries.figure_statements import (
    compiled_acts,
    compiled_figures,
    compiled_presences,
    over_periods,
)
from services.engagement.queries.figures import Question
from tests.engagement.stage import Stage
from tests.support.engagement_month import a_month

NOVEMBER = Question(metric_id="-", first_day=date(2026, 11, 1), last_day=date(2026, 11, 30)).scope
ASKED = [
    pytest.param(name, split, id=f"{name}-{split}")
    for name, metric in METRICS.items()
    for split in dict.fromkeys(split_for(metric, s) for s in (None, *metric.definition.splits))
]


@pytest.fixture
def lived(stage: Stage) -> Stage:
    stage.hear_all(a_month(people=12, stays=30))
    return stage


@pytest.fixture
def duck(lived: Stage) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same facts in DuckDB."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    for name, schema in SCHEMAS.items():
        columns = ", ".join(f'"{column}" {DUCK_TYPES[kind]}' for column, kind in schema.items())
        connection.execute(f"CREATE TABLE {name} ({columns})")
        if rows := _rows(lived, name, list(schema)):
            marks = ", ".join("?" for _ in schema)
            connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
    yield connection
    connection.close()


def _rows(stage: Stage, name: str, columns: list[str]) -> list[Any]:
    if name == "scope":
        return [tuple(_first(NOVEMBER[column]) for column in columns)]
    selected = ", ".join(f'"{column}"' for column in columns)
    return [tuple(row) for row in stage.rows(f"SELECT {selected} FROM {name}")]


DUCK_TYPES = {
    "string": "VARCHAR",
    "date": "DATE",
    "timestamp('UTC')": "TIMESTAMPTZ",
    "uuid": "UUID",
    "int64": "BIGINT",
    "boolean": "BOOLEAN",
}


def test_every_figure_has_the_same_digits_on_both(
    lived: Stage, duck: duckdb.DuckDBPyConnection
) -> None:
    seen = 0
    for parameter in ASKED:
        metric, split = parameter.values
        statement = compiled_figures(metric, split, "postgres")
        with lived.engine.connect() as connection:
            rows = connection.exec_driver_sql(over_periods(statement), NOVEMBER)
            on_postgres = {row[1]: [int(number) for number in row[2:]] for row in rows}
        found = duck.execute(compiled_figures(metric, split, "duckdb")).fetchall()
        on_duck = {row[0]: [int(number) for number in row[1:]] for row in found}
        assert on_duck == on_postgres, (metric, split)
        seen += len(on_postgres)
    assert seen > 60


def test_every_drill_down_lists_the_same_acts_on_both(
    lived: Stage, duck: duckdb.DuckDBPyConnection
) -> None:
    for parameter in ASKED:
        metric, split = parameter.values
        with lived.engine.connect() as connection:
            statement = over_periods(compiled_acts(metric, split, "postgres"))
            on_postgres = {_key(row[1:]) for row in connection.exec_driver_sql(statement, NOVEMBER)}
        found = duck.execute(compiled_acts(metric, split, "duckdb")).fetchall()
        assert {_key(row) for row in found} == on_postgres, (metric, split)


def test_whoever_stands_behind_a_cell_is_the_same_on_both(
    lived: Stage, duck: duckdb.DuckDBPyConnection
) -> None:
    for parameter in ASKED:
        metric, split = parameter.values
        with lived.engine.connect() as connection:
            statement = over_periods(compiled_presences(metric, split, "postgres"))
            rows = connection.exec_driver_sql(statement, NOVEMBER)
            on_postgres = {tuple(row[1:]) for row in rows}
        found = duck.execute(compiled_presences(metric, split, "duckdb")).fetchall()
        assert set(found) == on_postgres, (metric, split)


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) else value


def _key(row: Any) -> tuple[str, str, str, int]:
    return row[0], row[1], str(row[2]), int(row[8])

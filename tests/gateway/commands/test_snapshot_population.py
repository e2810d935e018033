"""The population is told once a day, by segment, from the rows that are there."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, text

from gateway.commands.create_account import CreateAccount, create_account
from gateway.commands.snapshot_population import SnapshotPopulation, snapshot_population
from gateway.persistence.unit_of_work import GatewayUnitOfWork
from shared.kernel.clock import SetClock
from shared.persistence.transactions import OwnTransactions

DAY = date(2026, 11, 2)


@pytest.fixture
def engine(fresh_database: Callable[[str], str], open_engine: Callable[..., Engine]) -> Engine:
    return open_engine(fresh_database("gateway"))


def collaborators(engine: Engine) -> dict[str, object]:
    clock = SetClock(datetime(2026, 11, 2, 8, tzinfo=UTC))
    return {"uow": GatewayUnitOfWork(OwnTransactions(engine), clock=clock), "clock": clock}


def people(engine: Engine, *faculties: str) -> None:
    for nth, faculty in enumerate(faculties):
        person = CreateAccount(
            login=f"p{nth}", family_name="林", given_name="舟", faculty=faculty, level="master"
        )
        create_account(person, **collaborators(engine))


def told(engine: Engine) -> int:
    statement = text("SELECT count(*) FROM outbox WHERE type = 'gateway.population.snapshotted.v1'")
    with engine.connect() as connection:
        return int(connection.execute(statement).scalar_one())


def test_the_population_is_told_by_segment(engine: Engine) -> None:
    people(engine, "law", "law", "music")
    snapshot = snapshot_population(SnapshotPopulation(day=DAY), **collaborators(engine))
    assert snapshot is not None
    assert {(s.faculty, s.level, s.headcount) for s in snapshot.segments} == {
        ("law", "master", 2),
        ("music", "master", 1),
    }
    assert told(engine) == 1


def test_a_day_is_told_once_unless_told_again_on_purpose(engine: Engine) -> None:
    people(engine, "law")
    assert snapshot_population(SnapshotPopulation(day=DAY), **collaborators(engine)) is not None
    assert snapshot_population(SnapshotPopulation(day=DAY), **collaborators(engine)) is None
    assert told(engine) == 1
    again = SnapshotPopulation(day=DAY, again=True)
    assert snapshot_population(again, **collaborators(engine)) is not None
    assert told(engine) == 2

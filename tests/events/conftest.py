"""Units of work over memory and over PostgreSQL, and an activity's whole stage."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from services.events.domain.ports import UnitOfWork
from services.events.persistence.unit_of_work import EventsUnitOfWork
from shared.kernel.clock import SetClock
from shared.persistence.transactions import OwnTransactions
from tests.events.stage import Stage
from tests.support.event_builders import NOW
from tests.support.fake_events import FakeUnitOfWork


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def engine(fresh_database: Callable[[str], str], open_engine: Callable[..., Engine]) -> Engine:
    return open_engine(fresh_database("events"))


@pytest.fixture(params=["memory", "postgres"])
def uow(request: pytest.FixtureRequest, clock: SetClock) -> UnitOfWork:
    """Both repositories: whatever holds for one holds for the other."""
    if request.param == "memory":
        return FakeUnitOfWork()
    return EventsUnitOfWork(OwnTransactions(request.getfixturevalue("engine")), clock=clock)


@pytest.fixture
def stage(clock: SetClock) -> Stage:
    """Everything in memory: commands are tested here."""
    return Stage(FakeUnitOfWork(), clock)

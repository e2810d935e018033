"""The events service's app on a fresh database, and people who call it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from services.events.app import create_app
from services.events.config import Settings
from services.events.persistence.unit_of_work import EventsUnitOfWork
from shared.kernel.clock import SetClock
from shared.persistence.transactions import OwnTransactions
from shared.web.settings import WebSettings
from tests.events.api.callers import Callers
from tests.support.event_builders import a_space
from tests.support.tokens import write_jwks


@pytest.fixture
def app(fresh_database: Callable[[str], str], tmp_path: Path, clock: SetClock) -> Iterator[Flask]:
    settings = Settings(
        database_url=fresh_database("events"),
        broker_url="unused",
        web=WebSettings(jwks=write_jwks(tmp_path), rate_limit=0),
    )
    app = create_app(settings, clock=clock)
    yield app
    app.extensions["atrium_engine"].dispose()


@pytest.fixture
def engine(app: Flask) -> Engine:
    return app.extensions["atrium_engine"]


@pytest.fixture
def sql_uow(engine: Engine, clock: SetClock) -> EventsUnitOfWork:
    return EventsUnitOfWork(OwnTransactions(engine), clock=clock)


@pytest.fixture
def callers(app: Flask, sql_uow: EventsUnitOfWork, clock: SetClock) -> Callers:
    with sql_uow:
        sql_uow.spaces.learn(a_space(), 1)
        sql_uow.commit()
    return Callers(app.test_client(), sql_uow, clock)

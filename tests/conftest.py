"""What every test may ask for: servers, fresh databases, brokers, engines that are closed again."""

import gc
import logging
import uuid
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine

from shared.persistence.engine import make_engine
from tests.support import brokers, platform_start, postgres
from tests.support.postgres import PostgresServer
from tests.support.test_run import name_the_run

pytest_plugins = [
    "tests.support.required_servers",
    "tests.support.failure_notes",
    "tests.support.one_process",
]


def pytest_configure() -> None:
    name_the_run()


def pytest_collection_finish() -> None:
    """What is loaded now stays to the end: full collections need not look at it again and again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # not an xdist worker: the whole run ends
        platform_start.end_of_run()
        postgres.end_of_run()


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> PostgresServer:
    """The embedded server; `installed` by indirect parametrisation."""
    if getattr(request, "param", "embedded") == "embedded":
        return postgres.embedded_server()
    server = postgres.installed_server()
    if server is None:
        pytest.skip("installed_postgres: no PostgreSQL server answers")
    return server


@pytest.fixture
def fresh_database(postgres_server: PostgresServer) -> Iterator[Callable[[str], str]]:
    """Make databases: `fresh_database("booking")` gives the URL of a migrated one of our own.

    Kinds: a service's name, `messaging` (its tables alone), `bus`, `empty`.
    """
    made: list[str] = []

    def fresh(kind: str) -> str:
        made.append(postgres_server.fresh(kind))
        return made[-1]

    yield fresh
    for url in made:
        postgres_server.drop(url)


@pytest.fixture
def open_engine(
    fresh_database: Callable[[str], str],  # noqa: ARG001  # engines close before databases go
) -> Iterator[Callable[..., Engine]]:
    """Make engines that are disposed of before their databases are dropped."""
    opened: list[Engine] = []

    def open_one(url: str, **options: object) -> Engine:
        opened.append(make_engine(url, **options))  # type: ignore[arg-type]  # passed on as given
        return opened[-1]

    yield open_one
    for engine in opened:
        engine.dispose()


@pytest.fixture
def exchange() -> str:
    """A name on the bus that no other test uses."""
    return f"t{uuid.uuid4().hex[:10]}"


@pytest.fixture
def embedded_broker_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The embedded broker on a bus database of our own."""
    database = postgres_server.fresh("bus")
    yield brokers.embedded_broker(database)
    postgres_server.drop(database)


@pytest.fixture(scope="session")
def rabbitmq_server() -> str:
    """RabbitMQ's address; tests that ask for it are skipped where none answers."""
    url = brokers.rabbitmq_url()
    if url is None:
        pytest.skip("rabbitmq: no RabbitMQ server answers")
    return url


@pytest.fixture
def rabbitmq_broker_url(rabbitmq_server: str, exchange: str) -> Iterator[str]:
    """RabbitMQ; what the test's exchange left there is removed."""
    yield rabbitmq_server
    brokers.remove_from_rabbitmq(rabbitmq_server, exchange)


@pytest.fixture(params=["pgmq", pytest.param("rabbitmq", marks=pytest.mark.rabbitmq)])
def broker_url(request: pytest.FixtureRequest) -> str:
    """Both brokers, one after the other."""
    url: str = request.getfixturevalue(
        "embedded_broker_url" if request.param == "pgmq" else "rabbitmq_broker_url"
    )
    return url


@pytest.fixture
def caplog(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """What is logged from warnings on, whatever an earlier test made of the root level."""
    caplog.set_level(logging.WARNING)
    return caplog

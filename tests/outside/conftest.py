"""One town for each process of the run; every test leaves it as it found it."""

from collections.abc import Iterator

import pytest

from tests.outside.building import build_town
from tests.outside.town import Town
from tests.support import brokers
from tests.support.postgres import PostgresServer


@pytest.fixture(scope="session")
def standing_town(
    postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    made: list[str] = []

    def fresh(kind: str) -> str:
        made.append(postgres_server.fresh(kind))
        return made[-1]

    town = build_town(fresh, brokers.embedded_broker(fresh("bus")), tmp_path_factory.mktemp("town"))
    yield town
    town.close()
    for url in made:
        postgres_server.drop(url)


@pytest.fixture
def town(standing_town: Town) -> Iterator[Town]:
    yield standing_town
    standing_town.undo()

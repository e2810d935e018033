"""A publisher's database, a listener's database, and a bus between them."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine

from shared.messaging import topology
from shared.messaging.ports import Bus
from tests.support.listening import a_bus
from tests.support.tcp_proxy import TcpProxy


@pytest.fixture
def bus(broker_url: str, exchange: str) -> Bus:
    """A declared topology on each broker."""
    opened = a_bus(broker_url, exchange)
    topology.declare(opened)
    return opened


@pytest.fixture
def proxy(broker_url: str) -> Iterator[TcpProxy]:
    """A way to the broker that can be cut."""
    with TcpProxy(broker_url, default_port=5672) as opened:
        yield opened


@pytest.fixture
def publisher(fresh_database: Callable[[str], str], open_engine: Callable[..., Engine]) -> Engine:
    """The booking service's database, as far as messaging goes."""
    return open_engine(fresh_database("messaging"), pool_size=8)


@pytest.fixture
def listener(fresh_database: Callable[[str], str], open_engine: Callable[..., Engine]) -> Engine:
    """The events service's database, as far as messaging goes."""
    return open_engine(fresh_database("messaging"), pool_size=8)


@pytest.fixture
def embedded_bus(embedded_broker_url: str, exchange: str) -> Bus:
    """A bus for tests that are about the database only: nothing is declared on it."""
    return a_bus(embedded_broker_url, exchange)

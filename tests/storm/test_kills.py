"""Kill -9 of any process, the broker away for a minute: nothing acknowledged is lost.

The account is drawn up by tests/storm/kills/account.py. The controls take one promise out of the
worker and must be seen to lose messages.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.storm.kills.killer import POSTGRES
from tests.storm.kills.outage import Outage, meanwhile, p99
from tests.storm.kills.storm import Size, Storm, a_seed, a_storm, report
from tests.support.platform_fixtures import SCALED
from tests.support.tcp_proxy import TcpProxy

AMQP_PORT = 5672
A_SECOND = 20.0


def small() -> Size:
    return Size(operations=200, kills=10, clients=4, patrons=20, seed=a_seed())


def large() -> Size:
    return Size(operations=5000, kills=100, clients=8, patrons=150, seed=a_seed())


def test_ten_kills_during_two_hundred_operations_lose_nothing() -> None:
    with a_storm("run", "few-kills", small()) as storm:
        storm.rage()
        account = storm.account_when_calm()
        assert sum(storm.killed.values()) == 10
        assert account.clean, str(account)


@pytest.mark.storm
@pytest.mark.timeout(2400)
@pytest.mark.parametrize("shape", ["run", SCALED])
def test_a_hundred_kills_during_five_thousand_operations_lose_nothing(shape: str) -> None:
    with a_storm(shape, f"kills-{shape}", large()) as storm:
        storm.rage()
        account = storm.account_when_calm()
        assert sum(storm.killed.values()) == 100
        assert account.clean, str(account)


@pytest.mark.storm
@pytest.mark.timeout(900)
@pytest.mark.parametrize("control", ["reception", "relay"])
def test_control_a_careless_worker_loses_messages(control: str) -> None:
    size = Size(operations=600, kills=30, clients=4, patrons=20, seed=a_seed())
    program = ("tests.storm.kills.careless_platform", control)
    with a_storm("run", f"careless-{control}", size, *program) as storm:
        storm.rage()
        account = storm.account_when_nothing_moves()
        assert account.messages.lost
        assert account.odds, "points or ledger must be seen to differ"
        assert not account.bookings.lost, "the bookings themselves are sound"


@contextmanager
def an_outage(url: str, name: str, size: Size, *, seconds: float) -> Iterator[tuple[Storm, Outage]]:
    """The scaled form on RabbitMQ by way of a proxy that can be cut."""
    with (
        TcpProxy(url, AMQP_PORT) as proxy,
        a_storm("scaled", name, size, broker_url=proxy.url) as storm,
    ):
        yield storm, Outage(proxy, seconds)


def insist_bookings_go_on(storm: Storm, outage: Outage) -> None:
    """Book at a steady pace before, and all the while; judge answers, backlog and its end."""
    before = storm.book(int(5 * A_SECOND), a_second=A_SECOND)
    with meanwhile(outage, storm):
        during = storm.book(int(outage.seconds * A_SECOND), a_second=A_SECOND)
    account = storm.account_when_calm()
    report(f"{outage}; p99 before {p99(before):.3f} s, meanwhile {p99(during):.3f} s")
    assert set(storm.record.answers) == {"201"}, "nobody notices that the broker is away"
    assert max(outage.backlogs) > len(during) * 0.8
    assert outage.drained_after < max(outage.seconds / 2, 15.0)
    assert account.clean, str(account)


@pytest.mark.rabbitmq
@pytest.mark.installed_postgres
@pytest.mark.nginx
def test_bookings_go_on_while_the_broker_is_away_for_ten_seconds(rabbitmq_server: str) -> None:
    size = Size(operations=300, kills=0, clients=4, patrons=50, seed=a_seed())
    with an_outage(rabbitmq_server, "short-outage", size, seconds=10.0) as (storm, outage):
        insist_bookings_go_on(storm, outage)


@pytest.mark.storm
@pytest.mark.timeout(900)
@pytest.mark.rabbitmq
@pytest.mark.installed_postgres
@pytest.mark.nginx
def test_bookings_go_on_while_the_broker_is_away_for_a_minute(rabbitmq_server: str) -> None:
    size = Size(operations=1300, kills=0, clients=4, patrons=50, seed=a_seed())
    with an_outage(rabbitmq_server, "long-outage", size, seconds=60.0) as (storm, outage):
        insist_bookings_go_on(storm, outage)


@pytest.mark.storm
@pytest.mark.timeout(2400)
@pytest.mark.rabbitmq
@pytest.mark.installed_postgres
@pytest.mark.nginx
def test_a_hundred_kills_and_the_broker_away_for_a_minute_lose_nothing(
    rabbitmq_server: str,
) -> None:
    size = large()
    with an_outage(rabbitmq_server, "kills-and-outage", size, seconds=60.0) as (storm, outage):
        with meanwhile(outage, storm, after=int(size.operations * 0.4)):
            storm.rage(lambda: outage.over.is_set() or storm.doing.done < size.operations * 0.9)
        account = storm.account_when_calm()
        report(str(outage))
        assert sum(storm.killed.values()) == 100
        assert max(outage.backlogs) > 0
        assert account.clean, str(account)


@pytest.mark.storm
@pytest.mark.timeout(600)
def test_a_killed_postgres_takes_nothing_acknowledged_with_it() -> None:
    size = Size(operations=400, kills=3, clients=4, patrons=40, seed=a_seed())
    with a_storm("run", "killed-postgres", size) as storm:
        storm.shares = {POSTGRES: 1}
        storm.rage()
        account = storm.account_when_calm()
        assert storm.killed == {POSTGRES: 3}
        assert account.clean, str(account)

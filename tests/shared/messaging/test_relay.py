"""From the outbox to the bus: in order, without gaps, nothing lost."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from shared.messaging.codec import envelope_from_json
from shared.messaging.log import read_log
from shared.messaging.ports import Bus
from shared.messaging.refusals import BrokerUnavailable
from shared.messaging.relay import Relay
from tests.support.listening import a_bus, said, say
from tests.support.messages import a_release
from tests.support.polling import eventually
from tests.support.tcp_proxy import TcpProxy


def relayed(bus: Bus, service: str = "events") -> list[int]:
    """Empty a queue and return the sequence numbers in the order of arrival."""
    numbers: list[int] = []
    with bus.subscriber(service) as subscriber:
        while batch := subscriber.collect(500, 0.3):
            subscriber.acknowledge(batch)
            numbers += [envelope_from_json(one.body).sequence or 0 for one in batch]
    return numbers


def unpublished(engine: Engine) -> int:
    statement = "SELECT count(*) FROM outbox WHERE published_at IS NULL"
    with engine.connect() as connection:
        return int(connection.exec_driver_sql(statement).scalar_one())


def test_what_was_said_is_published_once_and_marked(bus: Bus, publisher: Engine) -> None:
    say(publisher, "booking", [a_release(), a_release()])
    assert Relay(publisher, bus, "booking").run_once() == 2
    assert Relay(publisher, bus, "booking").run_once() == 0
    assert relayed(bus) == [1, 2]
    assert unpublished(publisher) == 0


def test_numbers_have_no_gaps_when_four_write_at_once_and_some_give_up(
    bus: Bus, publisher: Engine
) -> None:
    stop = threading.Event()
    relays = [Relay(publisher, bus, "booking", batch=7) for _ in range(2)]
    threads = [threading.Thread(target=relay.run, args=(stop,)) for relay in relays]
    for thread in threads:
        thread.start()

    def write(writer: int) -> None:
        for turn in range(50):
            if turn % 10 == writer:
                with publisher.connect() as connection:  # a row whose transaction gives up
                    connection.exec_driver_sql(
                        "INSERT INTO outbox (id, type, subject, time, data)"
                        " VALUES (gen_random_uuid(), 'x', 'x', now(), '{}')"
                    )
            say(publisher, "booking", [a_release()])

    try:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(write, range(4)))
        eventually(lambda: unpublished(publisher) == 0)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert relayed(bus) == list(range(1, 201))


def test_the_log_is_read_page_by_page_to_its_end(bus: Bus, publisher: Engine) -> None:
    say(publisher, "booking", [a_release() for _ in range(5)])
    Relay(publisher, bus, "booking").run_once()
    say(publisher, "booking", [a_release()])  # not numbered yet: not in the log
    with publisher.connect() as connection:
        first = read_log(connection, 0, 3)
        second = read_log(connection, first[-1].sequence or 0, 3)
        assert read_log(connection, second[-1].sequence or 0, 3) == []
    assert [envelope.sequence for envelope in first + second] == [1, 2, 3, 4, 5]
    assert {envelope.source for envelope in first} == {"/atrium/booking"}


def test_the_relay_outlives_the_broker_and_loses_nothing(
    bus: Bus, proxy: TcpProxy, exchange: str, publisher: Engine
) -> None:
    stop = threading.Event()
    relay = Relay(publisher, a_bus(proxy.url, exchange), "booking")
    thread = threading.Thread(target=relay.run, args=(stop,))
    thread.start()
    try:
        say(publisher, "booking", [a_release()])
        eventually(lambda: unpublished(publisher) == 0)
        proxy.cut()
        for _ in range(20):
            say(publisher, "booking", [a_release()])  # the service does not notice
        assert unpublished(publisher) == 20
        proxy.mend()
        eventually(lambda: unpublished(publisher) == 0, within=60)
    finally:
        stop.set()
        thread.join()
    assert sorted(set(relayed(bus))) == list(range(1, 22))


def test_one_pass_says_that_the_broker_is_away(
    bus: Bus, proxy: TcpProxy, exchange: str, publisher: Engine
) -> None:
    del bus
    say(publisher, "booking", [a_release()])
    proxy.cut()
    with pytest.raises(BrokerUnavailable):
        Relay(publisher, a_bus(proxy.url, exchange), "booking").run_once()
    assert unpublished(publisher) == len(said(publisher)) == 1

"""Dying at any named point of outbox and inbox leaves the same end state as not dying."""

import os
import signal
import subprocess
import sys

import pytest
from sqlalchemy import Engine

from shared.messaging import crash
from shared.messaging.ports import Bus
from shared.messaging.reception import Reception
from shared.messaging.relay import Relay
from tests.support.listening import effects, listeners_of, parked, said
from tests.support.polling import eventually

KILLED = -signal.SIGKILL
COUNT = 25


def run(task: str, engine: Engine, broker: tuple[str, str], crash_at: str = "") -> int:
    """Do a bus task in a process of its own; return how it ended."""
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.support.bus_process", task, url, *broker, str(COUNT)]
    environment = {**os.environ, crash.SETTING: crash_at}
    return subprocess.run(command, env=environment, timeout=180, check=False).returncode


def drain(bus: Bus, publisher: Engine, listener: Engine) -> None:
    """Do what the workers do after a restart, until nothing waits."""
    Relay(publisher, bus, "booking").run_once()
    reception = Reception(listener, bus, listeners_of("events"))

    def empty() -> bool:
        reception.run_once(0.1)
        return set(effects(listener)) >= set(said(publisher))

    eventually(empty, within=60)
    eventually(lambda: reception.run_once(0.1) + bus.waiting("events") == 0, within=60)


OUTBOX = [name for name in crash.POINTS if name.startswith("outbox.")]
RELAY = [name for name in crash.POINTS if name.startswith("relay.")]
RECEPTION = [name for name in crash.POINTS if name.startswith("reception.")]


def test_every_point_belongs_to_one_of_the_tests_below() -> None:
    assert sorted(OUTBOX + RELAY + RECEPTION) == sorted(crash.POINTS)


@pytest.mark.parametrize("point", OUTBOX + RELAY)
def test_dying_while_saying_loses_nothing_and_doubles_nothing(
    *, point: str, bus: Bus, broker_url: str, exchange: str, publisher: Engine, listener: Engine
) -> None:
    assert run("publish", publisher, (broker_url, exchange), crash_at=point) == KILLED
    drain(bus, publisher, listener)
    expected = {"outbox.before_commit": 0, "outbox.after_commit": 1}.get(point, COUNT)
    assert len(said(publisher)) == expected
    assert effects(listener) == said(publisher)
    assert parked(listener) == []


@pytest.mark.parametrize("point", RECEPTION)
def test_dying_while_hearing_loses_nothing_and_doubles_nothing(
    *, point: str, bus: Bus, broker_url: str, exchange: str, publisher: Engine, listener: Engine
) -> None:
    assert run("publish", publisher, (broker_url, exchange)) == 0
    assert run("hear", listener, (broker_url, exchange), crash_at=point) == KILLED
    drain(bus, publisher, listener)
    assert len(effects(listener)) == COUNT
    assert effects(listener) == said(publisher)
    assert parked(listener) == []


def test_control_marking_before_publishing_loses_when_it_dies_between(
    bus: Bus, broker_url: str, exchange: str, publisher: Engine, listener: Engine
) -> None:
    broker = (broker_url, exchange)
    assert run("publish", publisher, broker, crash_at="relay.stamped") == KILLED
    assert run("relay wrongly", publisher, broker, crash_at="relay.before_publish") == KILLED
    Relay(publisher, bus, "booking").run_once()
    Reception(listener, bus, listeners_of("events")).run_once(0.5)
    assert len(effects(listener)) < len(said(publisher))


def test_control_an_effect_outside_the_inbox_transaction_doubles_when_it_dies_between(
    bus: Bus, broker_url: str, exchange: str, publisher: Engine, listener: Engine
) -> None:
    broker = (broker_url, exchange)
    assert run("publish", publisher, broker) == 0
    assert run("hear wrongly", listener, broker, crash_at="reception.reacted") == KILLED
    drain(bus, publisher, listener)
    assert len(effects(listener)) == COUNT + 1

"""A relay, a reception or a mere holder of messages as a process of its own, to be killed."""

import sys
import threading
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import Engine

from shared.messaging.reception import Reception
from shared.messaging.relay import Relay
from shared.persistence.engine import make_engine
from tests.support.bus_controls import (
    ReceptionWithTheEffectOutside,
    RelayMarkingBeforePublishing,
)
from tests.support.listening import a_bus, effects, listeners_of, say
from tests.support.messages import a_release
from tests.support.polling import eventually

LISTENER = "events"
PUBLISHER = "booking"


def hold(broker_url: str, exchange: str, count: int) -> None:
    """Collect messages, acknowledge none of them, say so, and wait for the end."""
    with a_bus(broker_url, exchange).subscriber(LISTENER) as subscriber:
        held = 0
        while held < count:
            held += len(subscriber.collect(count, 1.0))
        print("holding", flush=True)  # noqa: T201  # the test waits for this word
        threading.Event().wait()


def publish(engine: Engine, broker_url: str, exchange: str, count: int) -> None:
    """Say some things, one transaction each, and relay them."""
    for _ in range(count):
        say(engine, PUBLISHER, [a_release()])
    Relay(engine, a_bus(broker_url, exchange), PUBLISHER).run_once()


def relay(engine: Engine, broker_url: str, exchange: str, count: int) -> None:
    """Relay what is in the outbox."""
    del count
    Relay(engine, a_bus(broker_url, exchange), PUBLISHER).run_once()


def hear(engine: Engine, broker_url: str, exchange: str, count: int) -> None:
    """Hear so many messages, then end as a worker does when it is told to."""
    stop = threading.Event()
    reception = Reception(engine, a_bus(broker_url, exchange), listeners_of(LISTENER), batch=10)
    thread = threading.Thread(target=reception.run, args=(stop,))
    thread.start()
    try:
        eventually(lambda: len(effects(engine)) >= count, within=60)
    finally:
        stop.set()
        thread.join()


def relay_wrongly(engine: Engine, broker_url: str, exchange: str, count: int) -> None:
    """Be the control: mark before publishing."""
    del count
    RelayMarkingBeforePublishing(engine, a_bus(broker_url, exchange), PUBLISHER).run_once()


def hear_wrongly(engine: Engine, broker_url: str, exchange: str, count: int) -> None:
    """Be the control: effect outside the inbox's transaction."""
    del count
    bus = a_bus(broker_url, exchange)
    ReceptionWithTheEffectOutside(engine, bus, listeners_of(LISTENER)).run_once()


WORK: dict[str, Callable[[Engine, str, str, int], None]] = {
    "publish": publish,
    "relay": relay,
    "hear": hear,
    "relay wrongly": relay_wrongly,
    "hear wrongly": hear_wrongly,
}


def main(task: str, database_url: str, broker_url: str, exchange: str, count: str) -> None:
    """Do one task and end; a crash point may end it sooner."""
    if task == "hold":
        hold(broker_url, exchange, int(count))
        return
    engine = make_engine(database_url)
    try:
        WORK[task](engine, broker_url, exchange, int(count))
    finally:
        engine.dispose()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main(*sys.argv[1:])

"""A service's worker: relay, reception and jobs in one process, stopping when told."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine

from shared.contracts.events import RoomGivenBack
from shared.kernel.one_by_one import one_by_one
from shared.kernel.settings import SettingError
from shared.messaging import topology
from shared.messaging.bus import open_bus
from shared.messaging.consumers import Consumers
from shared.messaging.jobs import Job, run_job_once
from shared.messaging.worker import WORKER_POOL, Worker
from tests.support.listening import effects, listeners_of, said, say
from tests.support.messages import a_message, a_release
from tests.support.polling import eventually
from tests.support.promptness import promised
from tests.support.tcp_proxy import TcpProxy


@contextmanager
def running(*workers: Worker) -> Iterator[None]:
    stop = threading.Event()
    threads = [threading.Thread(target=worker.run, args=(stop,)) for worker in workers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def published(engine: Engine) -> int:
    with engine.connect() as connection:
        query = "SELECT count(*) FROM outbox WHERE published_at IS NOT NULL"
        return int(connection.exec_driver_sql(query).scalar_one())


def booking_worker(engine: Engine, broker_url: str, exchange: str) -> Worker:
    bus = open_bus(broker_url, exchange)
    return Worker(listeners_of("booking"), engine=engine, bus=bus)


def events_worker(engine: Engine, broker_url: str, exchange: str, *jobs: Job) -> Worker:
    bus = open_bus(broker_url, exchange)
    return Worker(listeners_of("events"), engine=engine, bus=bus, jobs=jobs)


@pytest.mark.usefixtures("bus")
def test_what_one_service_says_the_other_hears_within_two_seconds(
    broker_url: str, exchange: str, publisher: Engine, listener: Engine
) -> None:
    speaking = booking_worker(publisher, broker_url, exchange)
    hearing = events_worker(listener, broker_url, exchange)
    with running(speaking, hearing):
        say(publisher, "booking", [a_release()])
        eventually(lambda: effects(listener))  # everything is connected now
        began = time.monotonic()
        say(publisher, "booking", [a_release()])
        eventually(lambda: len(effects(listener)) == 2)
        took = time.monotonic() - began
    assert took < promised(2.0)
    assert effects(listener) == said(publisher)


def test_a_worker_stops_within_five_seconds_even_when_its_broker_is_away(
    proxy: TcpProxy, exchange: str, listener: Engine
) -> None:
    proxy.cut()
    stop = threading.Event()
    worker = events_worker(listener, proxy.url, exchange)
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    stop.set()
    thread.join(promised(6))
    assert not thread.is_alive()


def test_a_failing_job_is_heard_of_and_run_again_while_the_others_go_on(
    embedded_broker_url: str, exchange: str, listener: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    runs = {"sick": 0, "well": 0}

    def sick() -> None:
        runs["sick"] += 1
        raise ValueError("no bed")

    def well() -> None:
        runs["well"] += 1

    worker = events_worker(
        listener, embedded_broker_url, exchange, Job("sick", 0.01, sick), Job("well", 0.01, well)
    )
    with caplog.at_level(logging.ERROR, "atrium.messaging"), running(worker):
        eventually(lambda: runs["sick"] >= 3 and runs["well"] >= 3)
    assert "the job sick of events stopped" in caplog.text
    assert "no bed" in caplog.text


def test_a_job_that_left_something_undone_keeps_its_pace(
    embedded_broker_url: str, exchange: str, listener: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    runs: list[float] = []

    def limping() -> None:
        runs.append(time.monotonic())
        one_by_one("mend", ["row 7"], lambda _: 1 // 0)

    worker = events_worker(listener, embedded_broker_url, exchange, Job("limping", 0.001, limping))
    with caplog.at_level(logging.ERROR), running(worker):
        eventually(lambda: len(runs) >= 20)  # with growing pauses that would take over a minute
    assert "the job limping of events has left something undone" in caplog.text
    assert "mend: row 7 failed: ZeroDivisionError" in caplog.text


def test_of_two_replicas_one_runs_a_job_at_a_time(listener: Engine) -> None:
    inside, leave = threading.Event(), threading.Event()

    def slow() -> None:
        inside.set()
        leave.wait(60)

    first = threading.Thread(target=run_job_once, args=(listener, "events", Job("slow", 1, slow)))
    first.start()
    assert inside.wait(60)
    try:
        assert run_job_once(listener, "events", Job("slow", 1, slow)) is False
        assert run_job_once(listener, "events", Job("other", 1, lambda: None)) is True
    finally:
        leave.set()
        first.join()
    assert run_job_once(listener, "events", Job("slow", 1, lambda: None)) is True


def test_a_worker_without_a_reaction_the_catalogue_promises_is_not_made(listener: Engine) -> None:
    with pytest.raises(ValueError, match=r"events has no reaction to booking\."):
        Worker(Consumers("events"), engine=listener, bus=open_bus("pgmq://nobody@127.0.0.1/bus"))


def test_a_pool_that_is_too_small_for_all_that_may_happen_at_once_is_refused(
    listener: Engine, embedded_broker_url: str, exchange: str
) -> None:
    jobs = [Job(f"job {number}", 1, lambda: None) for number in range(5)]
    with pytest.raises(ValueError, match="may need 14 connections at once, its pool lends 12"):
        events_worker(listener, embedded_broker_url, exchange, *jobs)


def test_all_jobs_at_once_leave_relay_and_reception_their_connections(
    fresh_database: Callable[[str], str],
    open_engine: Callable[..., Engine],
    embedded_broker_url: str,
    exchange: str,
) -> None:
    names = [f"job {number}" for number in range(7)]
    spacious = open_engine(fresh_database("messaging"), pool_size=WORKER_POOL)
    together = threading.Barrier(len(names) + 1)

    def busy() -> None:
        with spacious.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
            together.wait(60)
            together.wait(60)

    jobs = [Job(name, 60, busy) for name in names]
    worker = events_worker(spacious, embedded_broker_url, exchange, *jobs)
    topology.declare(worker.bus)
    with running(worker):
        together.wait(60)  # every job now holds both of its connections
        say(spacious, "events", [a_message(RoomGivenBack)])
        try:
            eventually(lambda: published(spacious) == 1, within=60)
        finally:
            together.wait(60)


def test_a_broker_of_another_kind_is_refused_in_a_sentence() -> None:
    with pytest.raises(SettingError, match="not redis://"):
        open_bus("redis://127.0.0.1")

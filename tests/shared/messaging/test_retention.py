"""Old messages are forgotten when the operator says so: never one that may still be needed."""

import pytest
from sqlalchemy import Engine

from shared.kernel.settings import SettingError
from shared.messaging.bus import open_bus
from shared.messaging.codec import envelope_to_json
from shared.messaging.gaps import look_for_gaps
from shared.messaging.log import read_log
from shared.messaging.ports import Bus, Incoming
from shared.messaging.reception import Reception
from shared.messaging.relay import Relay
from shared.messaging.retention import LEAST_INBOX_DAYS, Retention, forget_old_messages
from shared.messaging.worker import Worker
from tests.support.listening import effects, listeners_of, said, say
from tests.support.messages import a_release, an_envelope

WEEK = Retention(outbox_days=7, inbox_days=7)


def age(engine: Engine, table: str, column: str, days: dict[int, int]) -> None:
    """Let messages be so many days old, by their numbers."""
    with engine.begin() as connection:
        for number, old in days.items():
            connection.exec_driver_sql(
                f"UPDATE {table} SET {column} = now() - make_interval(days => %s)"
                " WHERE sequence = %s",
                (old, number),
            )


def hear(listener: Engine, bus: Bus, *numbers: int) -> list[Incoming]:
    envelopes = [an_envelope(a_release(), sequence=number) for number in numbers]
    batch = [Incoming(envelope_to_json(envelope)) for envelope in envelopes]
    Reception(listener, bus, listeners_of("events")).take(batch)
    return batch


def numbers(engine: Engine, table: str) -> list[int]:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(f"SELECT sequence FROM {table} ORDER BY 1")
        return [row.sequence for row in rows]


def test_by_default_everything_is_kept(publisher: Engine, bus: Bus) -> None:
    say(publisher, "booking", [a_release() for _ in range(2)])
    Relay(publisher, bus, "booking").run_once()
    age(publisher, "outbox", "published_at", {1: 9000})
    assert forget_old_messages(publisher, Retention()) == 0
    assert numbers(publisher, "outbox") == [1, 2]


def test_what_was_said_long_ago_goes_and_the_log_goes_on(publisher: Engine, bus: Bus) -> None:
    relay = Relay(publisher, bus, "booking")
    say(publisher, "booking", [a_release() for _ in range(3)])
    relay.run_once()
    age(publisher, "outbox", "published_at", {1: 8, 2: 6})
    assert forget_old_messages(publisher, WEEK) == 1
    say(publisher, "booking", [a_release()])
    relay.run_once()
    with publisher.connect() as connection:
        assert [envelope.sequence for envelope in read_log(connection)] == [2, 3, 4]


def test_numbers_go_on_though_all_is_old(publisher: Engine, bus: Bus) -> None:
    relay = Relay(publisher, bus, "booking")
    say(publisher, "booking", [a_release() for _ in range(2)])
    relay.run_once()
    age(publisher, "outbox", "published_at", {1: 30, 2: 20})
    assert forget_old_messages(publisher, WEEK) == 1
    say(publisher, "booking", [a_release()])
    relay.run_once()
    assert numbers(publisher, "outbox") == [2, 3]


def test_what_the_broker_does_not_have_stays_however_old(publisher: Engine, bus: Bus) -> None:
    say(publisher, "booking", [a_release()])
    with publisher.begin() as connection:
        connection.exec_driver_sql("UPDATE outbox SET recordedat = now() - interval '1 year'")
    forget_old_messages(publisher, WEEK)
    assert len(said(publisher)) == 1
    assert Relay(publisher, bus, "booking").run_once() == 1


def test_what_was_heard_long_before_the_last_goes(listener: Engine, embedded_bus: Bus) -> None:
    hear(listener, embedded_bus, 1, 2, 3)
    age(listener, "inbox", "heard_at", {1: 8, 2: 6})
    assert forget_old_messages(listener, WEEK) == 1
    assert numbers(listener, "inbox") == [2, 3]


def test_after_an_outage_of_a_month_what_comes_again_is_still_known(
    listener: Engine, embedded_bus: Bus
) -> None:
    batch = hear(listener, embedded_bus, 1, 2)
    age(listener, "inbox", "heard_at", {1: 30, 2: 30})
    assert forget_old_messages(listener, WEEK) == 0
    Reception(listener, embedded_bus, listeners_of("events")).take(batch)
    assert len(effects(listener)) == 2


def test_what_lies_beyond_a_gap_stays_so_that_the_gap_is_seen(
    listener: Engine, embedded_bus: Bus
) -> None:
    hear(listener, embedded_bus, 1, 3, 4)
    assert look_for_gaps(listener)["/atrium/booking"] == 1
    age(listener, "inbox", "heard_at", {1: 9, 3: 9})
    assert forget_old_messages(listener, WEEK) == 1
    assert numbers(listener, "inbox") == [3, 4]
    assert look_for_gaps(listener)["/atrium/booking"] == 1


@pytest.mark.parametrize("days", [1, LEAST_INBOX_DAYS - 1])
def test_an_inbox_that_forgets_too_soon_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    monkeypatch.setenv("ATRIUM_INBOX_KEEP_DAYS", str(days))
    with pytest.raises(SettingError, match=r"ATRIUM_INBOX_KEEP_DAYS must be 0 .* at least 7, not"):
        Retention.from_environment()


def test_the_settings_are_read_and_the_worker_has_the_job_only_then(
    monkeypatch: pytest.MonkeyPatch, embedded_broker_url: str, listener: Engine
) -> None:
    assert Retention.from_environment() == Retention()
    monkeypatch.setenv("ATRIUM_INBOX_KEEP_DAYS", "7")
    monkeypatch.setenv("ATRIUM_OUTBOX_KEEP_DAYS", "400")
    chosen = Retention.from_environment()
    assert chosen == Retention(outbox_days=400, inbox_days=7)
    for retention, expected in ((Retention(), 0), (chosen, 1)):
        worker = Worker(
            listeners_of("events"),
            engine=listener,
            bus=open_bus(embedded_broker_url),
            retention=retention,
        )
        jobs = [job for job in worker.jobs if job.name == "forget old messages"]
        assert len(jobs) == expected
        for job in jobs:
            job.run()

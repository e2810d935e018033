"""What an operator sees: figures, missing messages, the desk by command line."""

import logging
from collections.abc import Callable

import click
import pytest
from click.testing import CliRunner
from prometheus_client import CollectorRegistry, generate_latest
from sqlalchemy import Engine

from shared.messaging.cli import messaging_commands
from shared.messaging.codec import envelope_to_json
from shared.messaging.gaps import look_for_gaps
from shared.messaging.metrics import messaging_metrics
from shared.messaging.ports import Bus, Incoming
from shared.messaging.reception import Reception
from shared.persistence.engine import make_engine
from tests.support.listening import listeners_of, say
from tests.support.messages import a_release, an_envelope


@pytest.fixture
def hear(embedded_bus: Bus, listener: Engine) -> Callable[..., None]:
    """Let the listener hear messages with these sequence numbers, or these bytes."""
    reception = Reception(listener, embedded_bus, listeners_of("events"))

    def take(*numbers: int, body: bytes | None = None) -> None:
        bodies = [envelope_to_json(an_envelope(a_release(), sequence=n)) for n in numbers]
        reception.take([Incoming(one) for one in [*bodies, *([body] if body else [])]])

    return take


@pytest.fixture
def operator(listener: Engine) -> Callable[..., str]:
    """Type a command; the answer, or the refusal, comes back."""
    url = listener.url.set(drivername="postgresql").render_as_string(hide_password=False)

    def run(*words: str) -> str:
        main = click.Group("main")
        for command in messaging_commands(lambda: make_engine(url)):
            main.add_command(command)
        result = CliRunner().invoke(main, list(words))
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.output

    return run


def test_a_missing_number_is_noticed_until_it_comes(
    listener: Engine, hear: Callable[..., None]
) -> None:
    hear(1, 2, 3, 6, 7, 9)
    assert look_for_gaps(listener)["/atrium/booking"] == 3
    hear(4, 5, 8)
    assert look_for_gaps(listener)["/atrium/booking"] == 0
    hear(11)
    assert look_for_gaps(listener)["/atrium/booking"] == 1


def test_a_number_that_stays_missing_is_complained_about(
    listener: Engine, hear: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    hear(1, 3)
    look_for_gaps(listener)
    assert "after number 1 have not come" not in caplog.text
    with listener.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE heard_through SET missing_since = now() - interval '2 minutes'"
        )
    with caplog.at_level(logging.ERROR, "atrium.messaging"):
        look_for_gaps(listener)
    assert "1 messages of /atrium/booking after number 1 have not come" in caplog.text


def test_a_parked_message_is_not_a_missing_one(listener: Engine, hear: Callable[..., None]) -> None:
    unreadable = an_envelope(a_release(), sequence=2, data={"no": "data"})
    hear(1, 3, body=envelope_to_json(unreadable))
    assert look_for_gaps(listener)["/atrium/booking"] == 0


def test_the_figures_tell_of_backlog_desk_and_gaps(
    listener: Engine, hear: Callable[..., None]
) -> None:
    say(listener, "booking", [a_release(), a_release()])
    hear(1, 3, body=b"nonsense")
    look_for_gaps(listener)
    registry = CollectorRegistry()
    registry.register(messaging_metrics(listener))
    text = generate_latest(registry).decode()
    assert "atrium_outbox_backlog 2.0" in text
    assert 'atrium_parked_messages{status="dead"} 1.0' in text
    assert 'atrium_parked_messages{status="retrying"} 0.0' in text
    assert 'atrium_missing_messages{source="/atrium/booking"} 1.0' in text
    assert "atrium_outbox_oldest_seconds" in text
    assert "atrium_messaging_readable 1.0" in text


def test_the_figures_say_that_they_cannot_be_read(
    fresh_database: Callable[[str], str], open_engine: Callable[..., Engine]
) -> None:
    registry = CollectorRegistry()
    registry.register(messaging_metrics(open_engine(fresh_database("empty"))))
    text = generate_latest(registry).decode()
    assert "atrium_messaging_readable 0.0" in text
    assert "atrium_outbox_backlog" not in text


def test_the_desk_is_listed_shown_replayed_and_cleared_by_command(
    operator: Callable[..., str], hear: Callable[..., None]
) -> None:
    assert operator("dead-letters", "list") == "The desk is empty.\n"
    hear(body=b"nonsense")
    assert "1\tdead\t1\tunknown\tnot a CloudEvents envelope" in operator("dead-letters", "list")
    assert operator("dead-letters", "show", "1").endswith("nonsense\n")
    assert operator("dead-letters", "replay", "1") == "1 to be tried again.\n"
    assert "\tretrying\t0\t" in operator("dead-letters", "list")
    assert operator("dead-letters", "discard", "1", "--reason", "noise") == "1 discarded.\n"
    assert operator("dead-letters", "list") == "The desk is empty.\n"
    assert "discarded: noise" in operator("dead-letters", "show", "1")
    assert "discarded" in operator("dead-letters", "list", "--discarded")


def test_commands_for_what_is_not_there_say_so(operator: Callable[..., str]) -> None:
    for command in (("show", "9"), ("replay", "9"), ("discard", "9", "--reason", "x")):
        assert operator("dead-letters", *command) == "Error: There is no parked message 9.\n"
    assert "Give one number, or --all." in operator("dead-letters", "replay")


def test_the_outbox_tells_what_waits(operator: Callable[..., str], listener: Engine) -> None:
    say(listener, "booking", [a_release()])
    told = operator("outbox", "status")
    assert "written: 1\nlast number: 0\nwaiting: 1\noldest waiting since: " in told

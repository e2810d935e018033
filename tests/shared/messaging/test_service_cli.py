"""Every service's command line has the same commands, and tells a bad setting in a sentence."""

import importlib

import click
import pytest
from click.testing import CliRunner

COMMON = {"migrate", "worker", "dead-letters", "outbox"}
SERVICES = ("services.booking", "services.events", "services.engagement", "gateway")


def command_line(package: str) -> click.Group:
    main = importlib.import_module(f"{package}.cli").main
    assert isinstance(main, click.Group)
    return main


@pytest.mark.parametrize("package", SERVICES)
def test_every_service_has_the_common_commands(package: str) -> None:
    assert set(command_line(package).commands) >= COMMON


@pytest.mark.parametrize("package", SERVICES)
@pytest.mark.parametrize("words", [["migrate"], ["worker"], ["outbox", "status"]])
def test_a_missing_setting_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, package: str, words: list[str]
) -> None:
    variable = f"ATRIUM_{package.rpartition('.')[2].upper()}_DATABASE_URL"
    monkeypatch.delenv(variable, raising=False)
    told = CliRunner().invoke(command_line(package), words)
    assert told.exit_code == 1
    assert told.output == f"Error: The setting {variable} (or {variable}_FILE) is missing.\n"


@pytest.mark.parametrize("words", [["migrate"], ["outbox", "status"]])
def test_a_database_that_does_not_answer_is_one_sentence_without_the_password(
    monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    nobody = "postgresql://x:hidden@127.0.0.1:1/booking"
    monkeypatch.setenv("ATRIUM_BOOKING_DATABASE_URL", nobody)
    told = CliRunner().invoke(command_line("services.booking"), words)
    assert told.exit_code == 1
    assert told.output.startswith("Error: The database does not answer: ")
    assert told.output.count("\n") == 1
    assert "hidden" not in told.output

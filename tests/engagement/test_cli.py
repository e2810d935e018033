"""The operator's commands."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import Engine

from services.engagement.app import create_app
from services.engagement.cli import main
from services.engagement.config import LedgerSettings, Settings
from shared.web.settings import WebSettings
from tests.engagement.api.test_message_log_api import served
from tests.engagement.stage import Stage
from tests.support.engagement_builders import KEY, Stay, Wish, at
from tests.support.engagement_month import a_month
from tests.support.tokens import token_for, write_jwks

PERIOD = ("--from", "2026-11-01", "--to", "2026-11-30")


@pytest.fixture
def run(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    url = stage.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("ATRIUM_ENGAGEMENT_DATABASE_URL", url.replace("+psycopg", ""))
    monkeypatch.setenv("ATRIUM_PSEUDONYM_KEY", KEY)
    return lambda *words: CliRunner().invoke(main, list(words))


def test_an_export_is_the_same_before_and_after_a_rebuild(
    stage: Stage, run: Callable[..., Result]
) -> None:
    stage.hear_all(a_month())
    before = run("metrics", "export", *PERIOD)
    rebuilt = run("rebuild")
    assert rebuilt.exit_code == 0, rebuilt.output
    assert "threads folded" in rebuilt.output
    assert run("metrics", "export", *PERIOD).stdout_bytes == before.stdout_bytes
    assert json.loads(before.output)["figures"]["M10.v1.whole"]["cells"][0]["numerator"] > 0


@pytest.fixture
def other_house(
    fresh_database: Callable[[str], str], open_engine: Callable[..., Engine], tmp_path: Path
) -> Iterator[Flask]:
    """Another engagement service that has said one thing."""
    url = fresh_database("engagement")
    web = WebSettings(jwks=write_jwks(tmp_path), rate_limit=0, log_level="error")
    ledger = LedgerSettings(pseudonym_key=KEY)
    app = create_app(Settings(database_url=url, broker_url="-", ledger=ledger, web=web))
    stage = Stage(open_engine(url))
    with stage.uow() as uow:
        uow.publish(Wish(1, author=1, submitted_at=at(10)).submitted())
        uow.connection.exec_driver_sql("UPDATE outbox SET sequence = 1")
        uow.commit()
    yield app
    app.extensions["atrium_engine"].dispose()


def test_a_rebuild_from_logs_hears_what_the_ledger_lacks(
    stage: Stage,
    run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    other_house: Flask,
) -> None:
    monkeypatch.setenv("ATRIUM_LOG_TOKEN", token_for(roles=("admin",)))
    with served(other_house) as address:
        first = run("rebuild", "--from-logs", "--log", f"engagement={address}")
        again = run("rebuild", "--from-logs", "--log", f"engagement={address}")
    assert first.output.splitlines() == ["engagement: 1 messages, 1 new", "1 threads folded"]
    assert again.output.splitlines() == ["engagement: 1 messages, 0 new", "1 threads folded"]
    assert len(stage.rows("SELECT 1 FROM participation_act")) == 1


def test_a_log_that_no_longer_reaches_back_is_said_to_be_so(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, other_house: Flask
) -> None:
    with other_house.extensions["atrium_engine"].begin() as connection:
        connection.exec_driver_sql("UPDATE outbox SET sequence = 120")
    monkeypatch.setenv("ATRIUM_LOG_TOKEN", token_for(roles=("admin",)))
    with served(other_house) as address:
        result = run("rebuild", "--from-logs", "--log", f"engagement={address}")
    assert result.exit_code == 0
    assert "engagement: 1 messages, 1 new" in result.output
    assert "the log begins with number 120; the 119 before it are no longer kept" in result.output


@pytest.mark.parametrize("wrong", ["nowhere=http://127.0.0.1:9", "booking"])
def test_a_log_of_nobody_is_refused_in_a_sentence(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setenv("ATRIUM_LOG_TOKEN", "t")
    result = run("rebuild", "--from-logs", "--log", wrong)
    assert result.exit_code == 2
    assert "SERVICE=URL" in result.output


def test_a_log_that_does_not_answer_is_named_and_nothing_is_lost(
    stage: Stage, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.tell(Stay(1, who=1, starts_at=at(10)).checked_in())
    monkeypatch.setenv("ATRIUM_LOG_TOKEN", "t")
    result = run("rebuild", "--from-logs", "--log", "booking=http://127.0.0.1:9")
    assert result.exit_code == 1
    assert "http://127.0.0.1:9/log cannot be read" in result.output
    assert len(stage.rows("SELECT 1 FROM participation_act")) == 1


@pytest.mark.parametrize("name", ["ENGAGEMENT_DATABASE_URL", "PSEUDONYM_KEY"])
def test_a_missing_setting_is_one_sentence(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv(f"ATRIUM_{name}")
    result = run("rebuild")
    assert result.exit_code == 1
    assert f"ATRIUM_{name}" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("name", "value"), [("PSEUDONYM_KEY", "short"), ("TIMEZONE", "Mars/Olympus")]
)
def test_a_setting_that_makes_no_sense_is_one_sentence(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"ATRIUM_{name}", value)
    result = run("rebuild")
    assert (result.exit_code, f"ATRIUM_{name}" in result.output) == (1, True)


def test_points_are_verified(stage: Stage, run: Callable[..., Result]) -> None:
    stage.tell(Stay(1, who=1, starts_at=at(10)).checked_in())
    assert "sums to zero" in run("points", "verify").output
    with stage.engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql("UPDATE points_entry SET amount = 3 WHERE amount > 0")
    result = run("points", "verify")
    assert (result.exit_code, "1 transactions" in result.output) == (1, True)

"""The worker's composition, its jobs, and the command line."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from click.testing import CliRunner

from services.events.cli import main
from services.events.config import Settings
from services.events.jobs import build_jobs
from services.events.persistence.tables import metadata
from services.events.worker import build_worker
from shared.kernel.settings import SettingError
from shared.persistence.engine import make_engine
from shared.web.settings import WebSettings
from tests.support.event_builders import TOMORROW


def settings(**changes) -> Settings:
    known = {
        "database_url": "postgresql://127.0.0.1/none",
        "broker_url": "amqp://guest:guest@127.0.0.1:5672//",
        "web": WebSettings(jwks="none"),
    }
    return Settings(**known | changes)


def test_the_worker_has_every_job_and_reaction():
    worker = build_worker(settings())
    names = {job.name for job in worker.jobs}
    assert {
        "expire offers",
        "expire draft holds",
        "close overdue activities",
        "forget old idempotency keys",
    } <= names
    worker.engine.dispose()


def test_the_jobs_do_what_they_are_called(stage):
    forgotten: list[bool] = []
    jobs = {
        job.name: job
        for job in build_jobs(
            settings(close_after_hours=1),
            uow=lambda: stage.uow,
            clock=stage.clock,
            forget_old_keys=lambda: forgotten.append(True),
        )
    }
    library_event = stage.published()
    draft = stage.draft(title_en="Forgotten", starts_at=TOMORROW + timedelta(days=60))
    stage.later(days=15)
    for job in jobs.values():
        job.run()
    assert stage.activity(library_event).status.value == "closed"
    assert stage.activity(draft).room.state.value == "given_back"
    assert forgotten == [True]


def test_a_missing_setting_is_one_sentence(monkeypatch):
    monkeypatch.delenv("ATRIUM_EVENTS_DATABASE_URL", raising=False)
    told = CliRunner().invoke(main, ["migrate"])
    assert told.exit_code == 1
    assert "ATRIUM_EVENTS_DATABASE_URL" in told.output
    with pytest.raises(SettingError):
        Settings.from_environment()


def test_migrating_makes_the_tables_the_code_expects(
    fresh_database: Callable[[str], str], monkeypatch
):
    url = fresh_database("empty")
    monkeypatch.setenv("ATRIUM_EVENTS_DATABASE_URL", url)
    for _ in range(2):
        done = CliRunner().invoke(main, ["migrate"], catch_exceptions=False)
        assert done.exit_code == 0, done.output
    assert differences(url) == []


def differences(url: str) -> list[object]:
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(
                connection, opts={"compare_type": True, "compare_server_default": False}
            )
            return [
                found
                for found in compare_metadata(context, metadata)
                if "alembic" not in str(found)
            ]
    finally:
        engine.dispose()

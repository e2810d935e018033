"""The operator's door: settings, the command line, the worker."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gateway.cli import main
from gateway.config import Settings
from gateway.worker import build_worker
from gateway.wsgi import build
from shared.kernel.settings import SettingError
from tests.support.gateway_builders import PASSWORD, SECRET, people_csv


@pytest.fixture
def environment(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> pytest.MonkeyPatch:
    monkeypatch.setenv("ATRIUM_GATEWAY_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("ATRIUM_BROKER_URL", settings.broker_url)
    monkeypatch.setenv("ATRIUM_GATEWAY_SECRET", SECRET)
    monkeypatch.setenv("ATRIUM_JWKS", str(tmp_path / "jwks.json"))
    monkeypatch.setenv("ATRIUM_JWKS_OUT", str(tmp_path / "jwks.json"))
    return monkeypatch


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.mark.usefixtures("environment")
def test_people_are_admitted_counted_and_named_when_refused(tmp_path: Path) -> None:
    made = run(
        "create-account", "--login", "chief", "--family-name", "Chief", "--role", "admin",
        "--password", PASSWORD,
    )  # fmt: skip
    assert made.exit_code == 0, made.output
    again = run("create-account", "--login", "chief", "--family-name", "C", "--password", PASSWORD)
    assert (again.exit_code, "login_taken" in again.output) == (1, True)
    people = tmp_path / "people.csv"
    people.write_bytes(people_csv("B1,Li,Si,,science,bachelor,1,", "B2,Li,Wu,,science,wizard,1,"))
    imported = run("import-people", str(people))
    assert imported.exit_code == 1
    assert "line 3\tB2\tlevel\tnot_one_of" in imported.output
    assert "1 created, 0 changed, 0 unchanged, 1 refused" in imported.output
    assert run("snapshot-population", "--day", "2026-11-24").output == "2026-11-24: 1 people.\n"


@pytest.mark.usefixtures("environment")
def test_rotating_keys_writes_those_to_publish(tmp_path: Path) -> None:
    assert run("rotate-keys").exit_code == 0
    assert run("rotate-keys").output == "2 keys published.\n"
    assert len(json.loads((tmp_path / "jwks.json").read_text())["keys"]) == 2
    assert run("rotate-keys", "--at-once").output == "1 keys published.\n"


def test_a_short_secret_is_refused_in_a_sentence(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("ATRIUM_GATEWAY_SECRET", "short")
    told = run("migrate")
    assert told.exit_code == 1
    assert "ATRIUM_GATEWAY_SECRET must be at least 32 characters long." in told.output


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", "/etc"])
def test_a_time_zone_that_is_none_is_refused(zone: str, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("ATRIUM_TIMEZONE", zone)
    with pytest.raises(SettingError, match="ATRIUM_TIMEZONE"):
        Settings.from_environment()


def test_secrets_are_not_shown_with_the_settings(settings: Settings) -> None:
    assert SECRET not in repr(settings)


@pytest.mark.usefixtures("environment")
def test_the_web_server_has_a_key_to_sign_with_from_the_start(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.delenv("ATRIUM_JWKS_OUT")
    app = build()
    assert len(app.test_client().get("/.well-known/jwks.json").get_json()["keys"]) == 1
    app.extensions["atrium_gateway"].services.close()
    app.extensions["atrium_engine"].dispose()


def test_the_worker_tells_population_renews_keys_and_sweeps(settings: Settings) -> None:
    worker = build_worker(settings)
    try:
        jobs = {job.name: job for job in worker.jobs}
        assert {"tell_population", "renew_keys", "sweep_sessions", "sweep_attempts"} <= set(jobs)
        for name in ("tell_population", "renew_keys", "sweep_sessions", "sweep_attempts"):
            jobs[name].run()
            jobs[name].run()
        with worker.engine.connect() as connection:
            said = connection.exec_driver_sql("SELECT type FROM outbox").scalars().all()
        assert said == ["gateway.population.snapshotted.v1"]
    finally:
        worker.engine.dispose()

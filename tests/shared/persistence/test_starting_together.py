"""Several processes may bring one database up to date at once, and none serves before it is."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from services.booking.app import create_app
from services.booking.config import Settings
from shared.kernel.identifiers import lock_key
from shared.persistence import engine as engines
from shared.persistence.migrate import upgrade
from shared.persistence.revisions import Revisions, revisions_in
from shared.web.settings import WebSettings
from tests.support.polling import eventually
from tests.support.tokens import write_jwks

MIGRATIONS = Path(__file__).parents[3] / "services" / "booking" / "persistence" / "migrations"
READY = "/api/booking/v1/health/ready"


def test_the_second_to_migrate_waits_for_the_first_however_long_it_takes(
    fresh_database: Callable[[str], str],
    open_engine: Callable[..., Engine],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = fresh_database("empty")
    engine = open_engine(url)
    monkeypatch.setattr(engines, "LOCK_TIMEOUT_MS", 50)
    failures: list[BaseException] = []
    released = threading.Event()

    def second() -> None:
        try:
            upgrade(MIGRATIONS, url)
        except Exception as error:  # noqa: BLE001  # looked at below
            failures.append(error)

    thread = threading.Thread(target=second)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as first:
        first.exec_driver_sql("SELECT pg_advisory_lock(%s)", (lock_key("alembic"),))
        first.exec_driver_sql("CREATE TABLE large (id integer)")
        thread.start()
        eventually(lambda: asking_for_its_turn(engine) == 1, within=60)
        released.wait(0.3)  # six times as long as a session waits elsewhere
        # Waits for everybody who holds a snapshot of this database: not for who waits for us.
        first.exec_driver_sql("CREATE INDEX CONCURRENTLY large_id ON large (id)")
        assert asking_for_its_turn(engine) == 1, failures
        assert is_migrated(engine) is False
        first.exec_driver_sql("SELECT pg_advisory_unlock_all()")
    thread.join(60)
    assert failures == []
    assert is_migrated(engine)


def asking_for_its_turn(engine: Engine) -> int:
    """Return how many sessions ask again and again whether they may migrate."""
    asking = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND state LIKE 'idle%%' AND query IN ('COMMIT', 'ROLLBACK')"
    )
    with engine.connect() as connection:
        return int(connection.exec_driver_sql(asking).scalar_one())


def is_migrated(engine: Engine) -> bool:
    """Tell whether the booking service's tables are there."""
    with engine.connect() as connection:
        there = "SELECT to_regclass('reservation') IS NOT NULL"
        return bool(connection.exec_driver_sql(there).scalar_one())


def test_a_service_is_not_ready_before_its_tables_are_there(
    fresh_database: Callable[[str], str], tmp_path: Path
) -> None:
    url = fresh_database("empty")
    web = WebSettings(jwks=write_jwks(tmp_path), log_level="error")
    app = create_app(Settings(database_url=url, broker_url="-", web=web))
    client = app.test_client()
    early = client.get(READY)
    assert (early.status_code, early.json["numbers"]) == (503, {"failed": ["schema"]})
    upgrade(MIGRATIONS, url)
    assert client.get(READY).status_code == 200
    app.extensions["atrium_engine"].dispose()


def test_a_database_is_behind_unless_it_is_at_the_newest_revision_or_a_newer_programs() -> None:
    revisions = Revisions(frozenset({"first", "second"}), ["second"])
    assert revisions.are_behind([])
    assert revisions.are_behind(["first"])
    assert not revisions.are_behind(["second"])
    assert not revisions.are_behind(["third"])


def test_each_services_migrations_are_one_line() -> None:
    root = MIGRATIONS.parents[3]
    for part in (*(root / "services").iterdir(), root / "gateway"):
        if (part / "persistence" / "migrations").is_dir():
            assert len(revisions_in(part / "persistence" / "migrations").newest) == 1, part

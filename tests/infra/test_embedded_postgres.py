"""The embedded PostgreSQL keeps its data, whatever was killed before."""

import os
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
        assert left_behind.process.wait(10) == 0


def test_it_starts_again_on_the_same_port_after_a_kill(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    first = server.start()
    keep_a_number(first)
    assert server.process is not None
    server.process.send_signal(signal.SIGKILL)
    server.process.wait(10)
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

"""PostgreSQL for tests: a fresh, migrated database in about 50 ms, from a template per service."""

import json
import os
import signal
import uuid
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psutil
import psycopg
from psycopg import sql

from infra.local.postgres import EmbeddedPostgres
from shared.messaging.bus_database import prepare_bus
from shared.persistence.migrate import upgrade
from tests.support.test_run import alone, quick_folder, remove_the_run, run_folder, run_name

INSTALLED = "postgresql://postgres@127.0.0.1:5432/postgres"
ROOT = Path(__file__).resolve().parents[2]
# The clients are what these tests kill, never the server: it need not flush for them.
FAST = {"fsync": "off", "full_page_writes": "off", "max_connections": "300"}


@dataclass(frozen=True)
class PostgresServer:
    """A server tests may make databases on."""

    name: str
    url: str
    """A superuser's way to the database `postgres`."""

    def url_of(self, database: str) -> str:
        """Return the way to another database of this server."""
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{database}"))

    def fresh(self, kind: str) -> str:
        """Make a database of a kind: a service's name (migrated), `bus`, `messaging` or `empty`."""
        return self._copy(self._template(kind), kind)

    def copy_of(self, url: str) -> str:
        """Make a database with the rows of another one, to which nobody is connected."""
        return self._copy(urlsplit(url).path.lstrip("/"), "copy")

    def drop(self, url: str) -> None:
        """Remove a database, whoever may still be connected to it."""
        name = urlsplit(url).path.lstrip("/")
        self._execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )

    def drop_all_of_this_run(self) -> None:
        """Remove every database this run has made."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            names = connection.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)",
                [f"atrium_{run_name()}_"],
            ).fetchall()
        for (name,) in names:
            self.drop(self.url_of(name))

    def _copy(self, template: str, kind: str) -> str:
        name = f"atrium_{run_name()}_{kind}_{uuid.uuid4().hex[:8]}"
        self._execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return self.url_of(name)

    def _template(self, kind: str) -> str:
        if kind == "empty":
            return "template1"
        template = f"atrium_{run_name()}_template_{kind}"
        done = run_folder() / f"{self.name}-{template}.made"
        if not done.exists():
            with alone(f"{self.name}-{kind}"):
                if not done.exists():
                    self._make_template(template, kind)
                    done.touch()
        return template

    def _make_template(self, template: str, kind: str) -> None:
        self._execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(template)))
        url = self.url_of(template)
        if kind == "bus":
            prepare_bus(url.replace("postgresql://", "pgmq://", 1))
        else:
            upgrade(_migrations_of(kind), url)

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


def _migrations_of(kind: str) -> Path:
    if kind == "messaging":
        return ROOT / "tests" / "support" / "messaging_migrations"
    folder = ROOT / "gateway" if kind == "gateway" else ROOT / "services" / kind
    return folder / "persistence" / "migrations"


def installed_server() -> PostgresServer | None:
    """Return the machine's server, or None when none answers."""
    url = os.environ.get("ATRIUM_TEST_POSTGRES_URL", INSTALLED)
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return None
    return PostgresServer("installed", url)


def embedded_server() -> PostgresServer:
    """Return the run's embedded server; the first process that asks starts it."""
    known = run_folder() / "embedded.json"
    with alone("embedded"):
        if not known.exists():
            folder = quick_folder() / "server"
            embedded = EmbeddedPostgres(folder, options=FAST)
            folder.mkdir(exist_ok=True)
            folder.chmod(0o711)
            address = embedded.start()
            process = embedded.process
            known.write_text(
                json.dumps({"url": address.url(), "pid": process.pid if process else 0})
            )
            known.chmod(0o600)
            _not_ours_to_wait_for(embedded)
    return PostgresServer("embedded", json.loads(known.read_text())["url"])


def _not_ours_to_wait_for(embedded: EmbeddedPostgres) -> None:
    """Let the server outlive the process that started it: the run ends it, by its pid."""
    if embedded.process is not None:
        embedded.process.returncode = 0  # else Popen warns when it is collected


def end_of_run() -> None:
    """Stop the embedded server and remove everything the run has made."""
    folder = run_folder()
    known = folder / "embedded.json"
    if known.exists():
        _stop(json.loads(known.read_text())["pid"])
    if any(folder.glob("installed-*")):
        server = installed_server()
        if server is not None:
            server.drop_all_of_this_run()
    remove_the_run()


def _stop(pid: int) -> None:
    """Ask for a fast shutdown and wait for it."""
    try:
        server = psutil.Process(pid)
        server.send_signal(signal.SIGINT)
    except psutil.NoSuchProcess:
        return
    _, alive = psutil.wait_procs([server], timeout=20)
    for process in alive:
        process.kill()

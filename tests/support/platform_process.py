"""The running platform for tests, in either shape, on a port, data and databases of its own.

One platform of a shape serves a whole run of pytest: the first process that asks starts it, the end
of the run stops it. Tests on it keep apart by working in libraries of their own.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx
import psutil
import psycopg
import pytest
from psycopg import sql

from infra.local.platform_parts import PARTS
from tests.support import brokers, postgres
from tests.support.local_platform import REPOSITORY, free_port
from tests.support.polling import eventually
from tests.support.test_run import alone, run_folder, run_name

PROGRAMS = {"run": "infra.local.run", "scaled": "infra.scaled.run"}
START_SECONDS = 90.0
STOP_SECONDS = 40.0
NGINX_PATHS = (None, "/usr/sbin:/usr/local/sbin")


@dataclass(frozen=True)
class PlatformProcess:
    """Where a running platform is; plain values, so that every process of the run can have it."""

    shape: str
    data: str
    port: int
    pid: int
    prefix: str = ""
    """Of its databases; empty on the embedded server, which is all its own."""
    server_url: str = ""
    """The installed server's superuser; empty for the embedded one."""
    broker_url: str = ""
    exchange: str = "atrium"

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def public_url(self) -> str:
        """As the platform calls itself: the issuer of its tokens."""
        return f"http://localhost:{self.port}"

    def database_url(self, service: str) -> str:
        """The superuser's way to a service's database."""
        admin = self.server_url or self._embedded_url()
        return urlunsplit(urlsplit(admin)._replace(path=f"/{self.prefix}{service}"))

    def secret(self, name: str) -> str:
        return Path(self.data, "secrets", name).read_text(encoding="utf-8")

    def command_line(
        self, module: str, *arguments: str, **settings: str
    ) -> subprocess.CompletedProcess[bytes]:
        """Run an operator's command against this platform; `settings` are ATRIUM_<NAME>."""
        named = {f"ATRIUM_{name.upper()}": value for name, value in settings.items()}
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=REPOSITORY,
            env=_bare_environment() | self._command_settings() | named,
            capture_output=True,
            check=True,
            timeout=60,
        )

    def restart_web(self) -> None:
        """Kill the web servers as an accident would; the supervisor starts them again."""
        before = self._web_servers()
        assert before
        for server in before:
            server.kill()
        eventually(lambda: not any(s.is_running() and _lives(s) for s in before), within=20)
        eventually(lambda: len(self._web_servers()) == len(before), within=30, step=0.05)
        eventually(self.answers, within=START_SECONDS, step=0.05)

    def answers(self) -> bool:
        try:
            paths = [f"/api/{part.name}/v1/health/ready" for part in PARTS]
            return all(httpx.get(f"{self.base_url}{path}").status_code == 200 for path in paths)
        except httpx.TransportError:
            return False

    def stop(self) -> None:
        """Ctrl-C; fails when a process outlives it."""
        left: list[psutil.Process] = []
        with suppress(psutil.NoSuchProcess):
            supervisor = psutil.Process(self.pid)
            everyone = [supervisor, *supervisor.children(recursive=True)]
            supervisor.send_signal(signal.SIGINT)
            _, left = psutil.wait_procs(everyone, timeout=STOP_SECONDS)
        for process in left:
            process.kill()
        self._clear_away()
        assert not left, f"the platform stopped and left {left}"

    def _embedded_url(self) -> str:
        folder = Path(self.data, "postgres")
        port = (folder / "cluster" / "postmaster.pid").read_text().splitlines()[3]
        password = (folder / "superuser-password").read_text()
        return f"postgresql://atrium:{password}@127.0.0.1:{port}/postgres"

    def _command_settings(self) -> dict[str, str]:
        urls = {f"ATRIUM_{p.name.upper()}_DATABASE_URL": self.database_url(p.name) for p in PARTS}
        return urls | {
            "ATRIUM_BROKER_URL": self.broker_url or "pgmq://not-used-by-commands/bus",
            "ATRIUM_EXCHANGE": self.exchange,
            "ATRIUM_PUBLIC_URL": self.public_url,
            "ATRIUM_ISSUER": self.public_url,
            "ATRIUM_JWKS": f"{self.public_url}/.well-known/jwks.json",
            "ATRIUM_GATEWAY_SECRET": self.secret("gateway-secret"),
            "ATRIUM_PSEUDONYM_KEY": self.secret("pseudonym-key"),
        }

    def _web_servers(self) -> list[psutil.Process]:
        """The masters of the web servers: the supervisor's own children."""
        children = psutil.Process(self.pid).children()
        return [one for one in children if _lives(one) and "gunicorn" in " ".join(one.cmdline())]

    def _clear_away(self) -> None:
        if self.broker_url:
            brokers.remove_from_rabbitmq(self.broker_url, self.exchange)
        if self.server_url:
            with psycopg.connect(self.server_url, autocommit=True) as connection:
                for part in PARTS:
                    name = sql.Identifier(f"{self.prefix}{part.name}")
                    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name)
                    connection.execute(drop)
                    connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(name))
        shutil.rmtree(self.data, ignore_errors=True)


def shared_platform(shape: str) -> PlatformProcess:
    """Return the run's platform of a shape; the first process that asks starts it.

    Skips the test when a server this shape needs is not there.
    """
    known = _known(shape)
    with alone(f"platform-{shape}"):
        if not known.exists():
            started = start_platform(shape, shape)
            known.write_text(json.dumps(asdict(started)), encoding="utf-8")
            known.chmod(0o600)
    return PlatformProcess(**json.loads(known.read_text(encoding="utf-8")))


@contextmanager
def own_platform(shape: str, name: str) -> Iterator[PlatformProcess]:
    """A platform for one test that breaks things: a guard taken off, processes killed."""
    started = start_platform(shape, name)
    try:
        yield started
    finally:
        started.stop()


def end_of_run() -> None:
    """Stop the run's platforms."""
    for shape in PROGRAMS:
        if _known(shape).exists():
            PlatformProcess(**json.loads(_known(shape).read_text(encoding="utf-8"))).stop()


def start_platform(shape: str, name: str) -> PlatformProcess:
    """Start a platform and return once it is open; skips when a server it needs is not there."""
    data = run_folder() / f"platform-{name}"
    data.mkdir(exist_ok=True)
    data.chmod(0o711)  # the embedded server may run as another user
    servers = _installed_servers(name) if shape == "scaled" else {}
    port = free_port()
    settings = {
        "ATRIUM_DATA": str(data),
        "ATRIUM_PORT": str(port),
        "ATRIUM_SAMPLE_CAMPUS": "no",
        "ATRIUM_EXCHANGE": servers.get("exchange", "atrium"),
    }
    if servers:
        settings["ATRIUM_POSTGRES_URL"] = servers["server_url"]
        settings["ATRIUM_BROKER_URL"] = servers["broker_url"]
        settings["ATRIUM_DATABASE_PREFIX"] = servers["prefix"]
    output = data / "said.txt"
    pid = _launch(PROGRAMS[shape], settings, output)
    started = PlatformProcess(shape=shape, data=str(data), port=port, pid=pid, **servers)
    try:
        eventually(lambda: _is_open(pid, output), within=START_SECONDS, step=0.05)
    except (RuntimeError, AssertionError) as error:
        error.add_note("\n".join(_last_words(data)))
        started.stop()
        raise
    return started


def _known(shape: str) -> Path:
    return run_folder() / f"platform-{shape}.json"


def _installed_servers(name: str) -> dict[str, str]:
    server = postgres.installed_server()
    if server is None:
        pytest.skip("installed_postgres: no PostgreSQL server answers")
    broker_url = brokers.rabbitmq_url()
    if broker_url is None:
        pytest.skip("rabbitmq: no RabbitMQ server answers")
    if not any(shutil.which("nginx", path=path) for path in NGINX_PATHS):
        pytest.skip("nginx: it is not installed")
    mark = f"{run_name()}_{name.replace('-', '_')}"
    return {
        "server_url": server.url,
        "broker_url": broker_url,
        "prefix": f"atrium_{mark}_",
        "exchange": f"t{mark}",
    }


def _launch(program: str, settings: dict[str, str], output: Path) -> int:
    with output.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", program],
            cwd=REPOSITORY,
            env=_bare_environment() | settings,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,  # Ctrl-C is for pytest, which then stops it
        )
    process.returncode = 0  # it may outlive this process: the run ends it, by its pid
    return process.pid


def _last_words(data: Path) -> Iterator[str]:
    for log in sorted(data.glob("logs/*.log")):
        yield f"{log.name}: {log.read_text(encoding='utf-8')[-2000:]}"


def _is_open(pid: int, output: Path) -> bool:
    said = output.read_text(encoding="utf-8")
    if not psutil.pid_exists(pid) or not _lives(psutil.Process(pid)):
        raise RuntimeError(said)
    return "Atrium is open at" in said


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _bare_environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith(("ATRIUM_", "MAKE"))}

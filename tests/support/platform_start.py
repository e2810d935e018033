"""Start the platform for tests, in either shape, on a port, data and databases of its own.

One platform of a shape serves a whole run of pytest: the first process that asks starts it, the end
of the run stops it. Tests on it keep apart by working in libraries of their own.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path

import psutil
import pytest

from tests.support import brokers, postgres
from tests.support.last_words import last_words
from tests.support.local_platform import REPOSITORY, free_port
from tests.support.platform_process import PlatformProcess, bare_environment, is_running
from tests.support.polling import eventually
from tests.support.test_run import alone, run_folder, run_name

PROGRAMS = {"run": "infra.local.run", "scaled": "infra.scaled.run"}
START_SECONDS = 90.0
NGINX_PATHS = (None, "/usr/sbin:/usr/local/sbin")


def shared_platform(shape: str, name: str = "") -> PlatformProcess:
    """Return the run's platform of a shape (or of a name); the first process that asks starts it.

    Skips the test when a server this shape needs is not there.
    """
    name = name or shape
    known = _known(name)
    with alone(f"platform-{name}"):
        if not known.exists():
            started = start_platform(shape, name)
            known.write_text(json.dumps(asdict(started)), encoding="utf-8")
            known.chmod(0o600)
    return PlatformProcess(**json.loads(known.read_text(encoding="utf-8")))


@contextmanager
def own_platform(
    shape: str, name: str, *program: str, **settings: str
) -> Iterator[PlatformProcess]:
    """A platform for one test that breaks things: a guard taken off, processes killed.

    `program` is another module to run, with its arguments; `settings` are ATRIUM_<NAME>.
    """
    started = start_platform(shape, name, *program, **settings)
    try:
        yield started
    finally:
        started.stop()


def end_of_run() -> None:
    """Stop the run's platforms; the others too when one cannot be stopped."""
    with ExitStack() as platforms:
        for started in sorted(run_folder().glob("platform-*.json")):
            known = json.loads(started.read_text(encoding="utf-8"))
            platforms.callback(PlatformProcess(**known).stop)


def start_platform(shape: str, name: str, *program: str, **own: str) -> PlatformProcess:
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
    settings |= {f"ATRIUM_{key.upper()}": value for key, value in own.items()}
    output = data / "said.txt"
    pid = _launch(program or (PROGRAMS[shape],), settings, output)
    started = PlatformProcess(shape=shape, data=str(data), port=port, pid=pid, **servers)
    try:
        eventually(lambda: _is_open(pid, output), within=START_SECONDS, step=0.05)
    except (RuntimeError, AssertionError) as error:
        error.add_note("\n".join(last_words(data)))
        started.stop()
        raise
    return started


def _known(name: str) -> Path:
    return run_folder() / f"platform-{name}.json"


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


SHOWING_EVERYTHING = {"ATRIUM_SMALLEST_CELL": "0"}
"""What one person alone has done is what these platforms are looked at for."""


def _launch(program: Sequence[str], settings: dict[str, str], output: Path) -> int:
    with output.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", *program],
            cwd=REPOSITORY,
            env=bare_environment() | SHOWING_EVERYTHING | settings,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,  # Ctrl-C is for pytest, which then stops it
        )
    process.returncode = 0  # it may outlive this process: the run ends it, by its pid
    return process.pid


def _is_open(pid: int, output: Path) -> bool:
    said = output.read_text(encoding="utf-8")
    if not psutil.pid_exists(pid) or not is_running(psutil.Process(pid)):
        raise RuntimeError(said)
    return "Atrium is open at" in said

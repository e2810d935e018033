"""The platform under measurement: its own databases and web server, ended when done."""

import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from infra.bench.identities import Identities
from infra.bench.yardstick import BenchError
from infra.local.foundation import Foundation, Wiring, python
from infra.local.metrics_folder import counting_together, forget_figures
from infra.local.one_machine import gunicorn
from infra.local.run_settings import RunSettings

READY_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where to send requests and look at rows."""

    base_url: str
    booking_url: str
    yardstick_url: str
    database_origin: str
    identities: Identities
    folder: Path


@contextmanager
def stage(*, with_worker: bool) -> Iterator[Stage]:
    """Start PostgreSQL and the web server on free ports, with nobody else's data in reach."""
    with tempfile.TemporaryDirectory(prefix="atrium-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # the server's own user must reach its files
        os.environ.update(
            ATRIUM_DATA=str(folder / "data"),
            ATRIUM_PORT=str(_free_port()),
            ATRIUM_RATE_LIMIT="0",
            ATRIUM_SAMPLE_CAMPUS="no",
        )
        settings = RunSettings.from_environment()
        foundation = Foundation(settings, say=print)
        foundation.data.open()
        try:
            yield from _serving(settings, foundation, folder, with_worker=with_worker)
        finally:
            foundation.take_down()


def _serving(
    settings: RunSettings, foundation: Foundation, folder: Path, *, with_worker: bool
) -> Iterator[Stage]:
    wiring = foundation.raise_up()
    identities = Identities(settings.address, folder)
    environment = foundation.environment(wiring) | {"ATRIUM_JWKS": str(identities.jwks)}
    _check(subprocess.run(python("-m", "infra.local.migrate"), env=environment, check=False))
    web = gunicorn(settings, "infra.local.web:build()", f"{settings.host}:{settings.port}")
    plans = [(web, counting_together(settings.data, environment))]
    if with_worker:
        plans.append((python("-m", "infra.local.worker"), environment))
    log = (folder / "platform.log").open("wb")
    processes = [
        subprocess.Popen(command, env=wired, stdout=log, stderr=subprocess.STDOUT)
        for command, wired in plans
    ]
    try:
        _await_ready(settings.address)
        yield Stage(
            base_url=f"http://127.0.0.1:{settings.port}",
            booking_url=wiring.database_urls["booking"],
            yardstick_url=_make_yardstick(wiring),
            database_origin=foundation.database_origin,
            identities=identities,
            folder=folder,
        )
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=20)
        forget_figures(settings.data)
        log.close()


def _make_yardstick(wiring: Wiring) -> str:
    """Use the superuser's own database on the same server."""
    return wiring.admin_url


def _check(done: "subprocess.CompletedProcess[bytes]") -> None:
    if done.returncode != 0:
        raise BenchError("The databases could not be migrated: see above.")


def _await_ready(address: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{address}/api/booking/v1/health/ready", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise BenchError(f"The web server was not ready within {READY_SECONDS:.0f} s.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

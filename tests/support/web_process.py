"""A service's own web processes for tests: gunicorn with two workers on a free port."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.support.polling import eventually

ROOT = Path(__file__).resolve().parents[2]
THREADS = 4
WORKERS = 2


@contextmanager
def served(service: str, settings: Mapping[str, str], log: Path) -> Iterator[str]:
    """Serve a service (booking, events, engagement) and give its base address; stop it at the end.

    `settings` are environment variables; what the processes say goes to `log`.
    """
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", f"services.{service}.wsgi:build()"]
    command += [f"--workers={WORKERS}", "--worker-class=gthread", f"--threads={THREADS}"]
    command += [
        f"--bind=127.0.0.1:{port}",
        "--backlog=2048",
        "--no-control-socket",
        "--keep-alive=75",
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **settings}, stdout=output, stderr=output
        )
    base = f"http://127.0.0.1:{port}"
    try:
        eventually(lambda: _ready(f"{base}/api/{service}/v1/health/ready"), within=90)
        yield base
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=40)


def free_port() -> int:
    """Return a port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _ready(address: str) -> bool:
    try:
        return httpx.get(address, timeout=2).status_code == 200
    except httpx.TransportError:
        return False

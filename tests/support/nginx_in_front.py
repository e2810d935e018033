"""The nginx of the scaled shape, in front of whatever a test puts behind it."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from infra.scaled.nginx import write_configuration
from tests.support.polling import eventually

SERVICES = ("gateway", "booking", "events", "engagement")


@contextmanager
def nginx_in_front(folder: Path, upstream: str) -> Iterator[int]:
    """Run it with every service at one address; yield its port. Skips where there is none."""
    if shutil.which("nginx") is None and not Path("/usr/sbin/nginx").exists():
        pytest.skip("nginx: not installed")
    port = free_port()
    upstreams = dict.fromkeys(SERVICES, upstream)
    command = write_configuration(folder, f"127.0.0.1:{port}", upstreams)
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)  # as root, its workers are somebody else
    with subprocess.Popen(command) as running:
        try:
            eventually(lambda: _answers(port), within=20)
            yield port
        finally:
            running.terminate()


def free_port() -> int:
    """Return a port nobody listens on at this moment."""
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        port: int = opened.getsockname()[1]
    return port


def _answers(port: int) -> bool:
    with socket.socket() as opened:
        return opened.connect_ex(("127.0.0.1", port)) == 0

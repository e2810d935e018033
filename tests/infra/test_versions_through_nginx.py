"""A version read through nginx, which compresses, can be sent back with a change."""

import http.client
import shutil
import socket
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from infra.scaled.nginx import write_configuration
from tests.support.polling import eventually

pytestmark = pytest.mark.nginx
SERVICES = ("gateway", "booking", "events", "engagement")
VERSION = '"v1.bytes"'


class Thing(BaseHTTPRequestHandler):
    """Answers with a version, and with the If-Match it was sent."""

    def do_GET(self) -> None:
        body = b"{}".ljust(2000)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", VERSION)
        self.send_header("Was-Sent", self.headers.get("If-Match", "nothing"))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        port: int = opened.getsockname()[1]
    return port


def answers(port: int) -> bool:
    with socket.socket() as opened:
        return opened.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """An nginx in front of a thing with a version."""
    if shutil.which("nginx") is None and not Path("/usr/sbin/nginx").exists():
        pytest.skip("nginx: not installed")
    chosen, folder = free_port(), tmp_path_factory.mktemp("nginx")
    with ThreadingHTTPServer(("127.0.0.1", 0), Thing) as thing:
        Thread(target=thing.serve_forever, daemon=True).start()
        upstreams = dict.fromkeys(SERVICES, f"127.0.0.1:{thing.server_port}")
        command = write_configuration(folder, f"127.0.0.1:{chosen}", upstreams)
        for parent in (folder, *folder.parents[:2]):
            parent.chmod(0o755)  # as root, its workers are somebody else
        with subprocess.Popen(command) as running:
            try:
                eventually(lambda: answers(chosen), within=20)
                yield chosen
            finally:
                running.terminate()
        thing.shutdown()


def ask(port: int, **headers: str) -> http.client.HTTPResponse:
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    wire.request("GET", "/api/booking/v1/spaces", headers=sent)
    answer = wire.getresponse()
    answer.read()
    wire.close()
    return answer


def test_a_version_weakened_by_compression_arrives_as_it_was_given(port: int) -> None:
    read = ask(port, Accept_Encoding="gzip").headers["ETag"]
    assert read == f"W/{VERSION}"
    assert ask(port, If_Match=read).headers["Was-Sent"] == VERSION


@pytest.mark.parametrize("held", [VERSION, "*", '"a", "b"', 'W/"a", "b"'])
def test_any_other_condition_arrives_as_it_was_sent(port: int, held: str) -> None:
    assert ask(port, If_Match=held).headers["Was-Sent"] == held


def test_without_a_condition_none_arrives(port: int) -> None:
    assert ask(port).headers["Was-Sent"] == "nothing"

"""A version read through nginx, which compresses, can be sent back with a change."""

import http.client
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.support.nginx_in_front import nginx_in_front

pytestmark = pytest.mark.nginx
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


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """An nginx in front of a thing with a version."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Thing) as thing:
        Thread(target=thing.serve_forever, daemon=True).start()
        behind = f"127.0.0.1:{thing.server_port}"
        with nginx_in_front(tmp_path_factory.mktemp("nginx"), behind) as port:
            yield port
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

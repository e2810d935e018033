"""Clients who stop in the middle of a request take no thread away from the others."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from infra.local.one_machine import WORKER
from tests.support.local_platform import REPOSITORY, free_port
from tests.support.polling import eventually

THREADS = 2
HALF_A_HEAD = b"GET / HTTP/1.1\r\nHost: here\r\nX-Slow: "
HEAD = b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\n"
HALF_A_BODY = HEAD + b"half"
IMPATIENT = "tests.support.hurried_server.ImpatientWorker"


@contextmanager
def serving(worker: str, folder: Path) -> Iterator[int]:
    """Run gunicorn with this kind of worker; yields its port."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "--worker-class", worker, "--no-control-socket"),
        *("--threads", str(THREADS), "--bind", f"127.0.0.1:{port}", "--graceful-timeout", "1"),
        *("--log-level", "warning", "tests.support.hurried_server:app"),
    ]
    said = folder / "said.txt"
    with (
        said.open("wb") as output,
        subprocess.Popen(command, cwd=REPOSITORY, stdout=output, stderr=output) as process,
    ):
        try:
            eventually(lambda: answers(port))
            yield port
        finally:
            process.terminate()
    assert "Traceback" not in said.read_text(encoding="utf-8")


def answers(port: int, within: float = 5.0) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/", timeout=within).text == "0"
    except httpx.HTTPError:
        return False


@contextmanager
def stalled(port: int, said: bytes) -> Iterator[list[socket.socket]]:
    """Clients enough for every thread say this and then nothing."""
    with ExitStack() as clients:
        opened = []
        for _ in range(THREADS):
            client = clients.enter_context(socket.create_connection(("127.0.0.1", port), 10))
            client.sendall(said)
            opened.append(client)
        yield opened


@pytest.mark.parametrize("said", [HALF_A_HEAD, HALF_A_BODY], ids=["in the head", "in the body"])
def test_who_stops_in_the_middle_is_given_up_and_others_are_served(
    said: bytes, tmp_path: Path
) -> None:
    with serving(IMPATIENT, tmp_path) as port, stalled(port, said) as clients:
        eventually(lambda: answers(port))
        for client in clients:
            told = client.recv(1000)
            assert told == b"" or told.startswith(b"HTTP/1.1 400 ")


def test_who_sends_a_byte_now_and_then_is_given_up_as_well(tmp_path: Path) -> None:
    with serving(IMPATIENT, tmp_path) as port, stalled(port, HALF_A_HEAD) as clients:
        begun = time.monotonic()
        eventually(lambda: all(map(is_closed_after_a_byte, clients)), step=0.1)
        assert 1.0 < time.monotonic() - begun < 10
        assert answers(port)


def is_closed_after_a_byte(client: socket.socket) -> bool:
    try:
        client.sendall(b"x")
    except OSError:
        return True
    return False


def test_without_our_worker_they_would_stop_everybody(tmp_path: Path) -> None:
    with serving("gthread", tmp_path) as port, stalled(port, HALF_A_HEAD):
        assert not answers(port, within=1.0)


def test_the_platform_runs_with_that_worker(tmp_path: Path) -> None:
    with serving(WORKER, tmp_path) as port:
        body = httpx.post(f"http://127.0.0.1:{port}/", content=iter([b"a" * 70_000, b"b"]))
        assert body.text == "70001"
        nonsense = b"POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n"
        with socket.create_connection(("127.0.0.1", port), 10) as client:
            client.sendall(nonsense)
            assert client.recv(1000).startswith(b"HTTP/1.1 400 ")

"""Several processes hold one person to one quota; without the server each counts for itself."""

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from shared.web.problems import HttpProblem
from shared.web.rate_limits import Quota, RateLimits
from tests.support.log_lines import logged_lines
from tests.support.polling import eventually

pytestmark = pytest.mark.redis
FIVE = Quota("few", 5, 3600)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run a Redis that keeps nothing, on a port of its own."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis: not installed")
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        port = opened.getsockname()[1]
    nothing = ("--save", "", "--appendonly", "no", "--dir", str(tmp_path))
    command = [program, "--bind", "127.0.0.1", "--port", str(port), *nothing]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as running:
        try:
            eventually(lambda: _answers(port), within=20)
            yield f"redis://127.0.0.1:{port}/0", running
        finally:
            running.send_signal(signal.SIGCONT)
            running.kill()


def _answers(port: int) -> bool:
    with socket.socket() as opened:
        return opened.connect_ex(("127.0.0.1", port)) == 0


def taken(counters: list[RateLimits], requests: int = 12) -> int:
    """Ask in turn; returns how many got through."""
    got = 0
    for number in range(requests):
        with suppress(HttpProblem):
            counters[number % len(counters)].take(FIVE, "somebody")
            got += 1
    return got


def test_two_processes_count_one_person_together(
    server: tuple[str, subprocess.Popen[bytes]],
) -> None:
    address, _ = server
    assert taken([RateLimits(address), RateLimits(address)]) == FIVE.requests


def test_each_for_itself_they_let_twice_as_much_through() -> None:
    """The control: what the server is for."""
    assert taken([RateLimits("memory://"), RateLimits("memory://")]) == 2 * FIVE.requests


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP], ids=["gone", "hanging"])
def test_while_the_server_is_away_requests_are_neither_refused_nor_uncounted(
    server: tuple[str, subprocess.Popen[bytes]], how: signal.Signals
) -> None:
    address, running = server
    counter = RateLimits(address)
    counter.take(FIVE, "somebody")
    running.send_signal(how)
    begun = time.monotonic()
    with logged_lines() as noted:
        assert taken([counter], requests=6) == FIVE.requests
    assert [line["event"] for line in noted] == ["rate_storage_down"]  # and then not for a while
    assert time.monotonic() - begun < 60, "a hanging server must not hang the door"

"""Requests no browser writes, byte by byte: each is answered or ended, none is our mistake."""

import json
import re
import socket
import time
from contextlib import ExitStack, suppress

import pytest

from tests.support.platform_fixtures import SCALED, both_shapes
from tests.support.running_platform import RunningPlatform

pytestmark = pytest.mark.timeout(120)
LONGEST_WAIT = 15.0
MANY = 40
"""More than there are threads behind nginx."""
BODY = json.dumps({"login": "nobody", "password": "nothing that is right"}).encode()
TOKENS = b"POST /api/gateway/v1/tokens HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
HOME = b"GET / HTTP/1.1\r\nHost: here\r\n"
END = b"Connection: close\r\n\r\n"
CHUNKED = TOKENS + b"Transfer-Encoding: chunked\r\n" + END


def sized(size: object) -> bytes:
    return TOKENS + f"Content-Length: {size}\r\n".encode()


ODD = {
    "a chunk without a size": CHUNKED + b"zz\r\n" + BODY + b"\r\n0\r\n\r\n",
    "a chunk of a negative size": CHUNKED + b"-5\r\nabcde\r\n0\r\n\r\n",
    "a chunk larger than memory": CHUNKED + b"ffffffffffffffff\r\nabc",
    "a last chunk that is missing": CHUNKED + b"5\r\nabcde\r\n",
    "less than was promised": sized(5000) + END + BODY,
    "more than was promised": sized(10) + b"\r\n" + BODY + b"\r\n\r\n",
    "two lengths": sized(5) + b"Content-Length: 70\r\n" + END + BODY,
    "a length and chunks": sized(5) + b"Transfer-Encoding: chunked\r\n" + END + b"0\r\n\r\n",
    "a negative length": sized(-1) + END + BODY,
    "a length in words": sized("seven") + END + BODY,
    "a length beyond all numbers": sized("9" * 40) + END + BODY,
    "an unknown coding": TOKENS + b"Transfer-Encoding: cow\r\n" + END + BODY,
    "a huge header": HOME + b"X-Huge: " + b"x" * 100_000 + b"\r\n" + END,
    "a thousand headers": HOME + b"".join(b"X-%d: y\r\n" % n for n in range(1000)) + END,
    "a huge address": b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\nHost: here\r\n" + END,
    "a header without a name": HOME + b": y\r\n" + END,
    "a blank before the colon": HOME + b"X-Odd : y\r\n" + END,
    "a folded header": HOME + b"X-Odd: y\r\n z\r\n" + END,
    "NUL in a header": HOME + b"X-Odd: \0\r\n" + END,
    "no host": b"GET / HTTP/1.1\r\n" + END,
    "two hosts": HOME + b"Host: there\r\n" + END,
    "an unknown expectation": TOKENS + b"Expect: miracles\r\nContent-Length: 2\r\n" + END + b"{}",
    "nonsense": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20 + b"\r\n\r\n",
    "lines that end too soon": b"GET / HTTP/1.1\nHost: here\nConnection: close\n\n",
}


def answers_to(platform: RunningPlatform, said: bytes, *, hang_up: bool = True) -> list[int]:
    """Say it, say no more, and return the status of every answer until the end."""
    heard = b""
    port = platform.process.port
    with socket.create_connection(("127.0.0.1", port), LONGEST_WAIT) as client:  # noqa: SIM117 - what is heard is not suppressed
        with suppress(OSError):  # it may hang up before it has heard everything
            client.sendall(said)
            if hang_up:
                client.shutdown(socket.SHUT_WR)
            while part := client.recv(65536):
                heard += part
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3}) ", heard)]


@both_shapes
def test_what_no_browser_writes_is_answered_or_ended(platform: RunningPlatform) -> None:
    answered = {what: answers_to(platform, said) for what, said in ODD.items()}
    ours = {
        what: statuses
        for what, statuses in answered.items()
        if any(status >= 500 and status != 501 for status in statuses)
    }
    assert ours == {}  # 501 is the answer to a coding one does not know (RFC 9112, 6.1)
    for smuggled in ("two lengths", "a length and chunks"):
        assert not set(answered[smuggled]) & {200, 201, 401}, answered[smuggled]
    assert platform.client.get("/").status_code == 200


@both_shapes
def test_bodies_in_chunks_and_bodies_that_wait_to_be_asked_for_are_read(
    platform: RunningPlatform,
) -> None:
    chunk = f"{len(BODY):x}\r\n".encode() + BODY + b"\r\n0\r\n\r\n"
    assert answers_to(platform, CHUNKED + chunk, hang_up=False) == [401]
    waiting = sized(len(BODY)) + b"Expect: 100-continue\r\n" + END
    assert answers_to(platform, waiting + BODY, hang_up=False) == [100, 401]


@pytest.mark.parametrize("platform", [SCALED], indirect=True)
def test_bodies_that_stall_take_nothing_from_others_behind_nginx(
    platform: RunningPlatform,
) -> None:
    with ExitStack() as clients:
        for _ in range(MANY):
            where = ("127.0.0.1", platform.process.port)
            client = clients.enter_context(socket.create_connection(where, LONGEST_WAIT))
            client.sendall(sized(5000) + END + BODY)
        begun = time.monotonic()
        assert platform.client.get("/").status_code == 200
        assert platform.client.get("/api/gateway/v1/health/ready").status_code == 200
        assert time.monotonic() - begun < LONGEST_WAIT

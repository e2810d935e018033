"""What nginx itself refuses, or finds nobody to answer for, is said as the services say it."""

import base64
import hashlib
import json
import re
import socket
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.support.nginx_in_front import SERVICES, free_port, nginx_in_front

pytestmark = pytest.mark.nginx
API, PAGE = "/api/booking/v1/spaces", "/find"


class Answer(NamedTuple):
    """What came back on the wire."""

    status: int
    headers: dict[str, str]
    body: str


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """An nginx in front of services that are all away."""
    with nginx_in_front(tmp_path_factory.mktemp("nginx"), f"127.0.0.1:{free_port()}") as port:
        yield port


def say(port: int, request: str, source: str = "127.0.0.1") -> Answer:
    at = ("127.0.0.1", port)
    with socket.create_connection(at, timeout=20, source_address=(source, 0)) as wire:
        wire.sendall(request.encode())
        with wire.makefile("rb") as lines:
            status = int(lines.readline().split()[1])
            headers: dict[str, str] = {}
            while line := lines.readline().decode().strip():
                name, _, value = line.lower().partition(": ")
                headers[name] = value
            # Not until the end: it waits for the body that was promised, and then hangs up.
            body = lines.read(int(headers["content-length"]))
    return Answer(status, headers, body.decode())


def request(path: str, *headers: str, method: str = "GET", version: str = "1.1") -> str:
    lines = (f"{method} {path} HTTP/{version}", "Host: here", "Connection: close", *headers)
    return "\r\n".join(lines) + "\r\n\r\n"


TROUBLES = {
    "a body too large": ("Content-Length: 12000000", "", 413, "body_too_large"),
    "an address too long": ("", "?" + "x" * 40_000, 414, "address_too_long"),
    "headers too large": (f"Cookie: {'x' * 40_000}", "", 431, "headers_too_large"),
    "what is no request": ("Content-Length: many", "", 400, "bad_request"),
    "a service that is away": ("", "", 503, "unavailable"),
}
each_trouble = pytest.mark.parametrize(
    ("header", "query", "status", "code"), TROUBLES.values(), ids=TROUBLES
)


@each_trouble
def test_an_interface_answers_with_a_problem_detail(
    port: int, header: str, query: str, status: int, code: str
) -> None:
    headers = [header] if header else []
    said = say(port, request(API + query, *headers))
    assert (said.status, said.headers["content-type"]) == (status, "application/problem+json")
    detail = json.loads(said.body)
    assert (detail["status"], detail["code"], detail["type"]) == (
        status,
        code,
        f"/problems/{code}",
    )
    assert detail["title"]
    assert detail["detail"]
    assert said.headers["cache-control"] == "no-store"


@each_trouble
def test_a_visitor_sees_a_page_in_both_languages(
    port: int, header: str, query: str, status: int, code: str
) -> None:
    del code
    headers = [header] if header else []
    said = say(port, request(PAGE + query, *headers))
    assert (said.status, said.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert '<html lang="zh-CN">' in said.body
    assert '<h1 lang="en">' in said.body
    sheet = re.search("<style>(.*)</style>", said.body)
    assert sheet is not None
    digest = base64.b64encode(hashlib.sha256(sheet[1].encode()).digest()).decode().lower()
    assert f"'sha256-{digest}'" in said.headers["content-security-policy"]
    assert ("retry-after" in said.headers) is (status == 503)


def test_a_problem_detail_is_in_the_callers_language(port: int) -> None:
    said = say(port, request(API, "Accept-Language: zh-CN,zh;q=0.9,en;q=0.5"))
    assert json.loads(said.body)["title"] == "暂时无法使用"
    said = say(port, request(API, "Accept-Language: en-GB,zh;q=0.9"))
    assert json.loads(said.body)["title"] == "Not available just now"


def test_what_is_no_request_at_all_is_answered_as_to_a_program(port: int) -> None:
    said = say(port, "hello?\r\n\r\n")
    assert said.status == 400
    assert json.loads(said.body)["code"] == "bad_request"


def test_nobody_asks_for_the_answers_themselves(port: int) -> None:
    said = say(port, request("/trouble/page"))
    assert (said.status, "There is nothing here" in said.body) == (404, True)


@pytest.mark.parametrize("service", SERVICES)
def test_how_busy_a_service_is_concerns_nobody_outside(port: int, service: str) -> None:
    figures = request(f"/api/{service}/v1/health/metrics")
    stranger = say(port, figures, source="127.0.0.2")
    assert (stranger.status, json.loads(stranger.body)["code"]) == (404, "not_found")
    assert say(port, figures).status == 503  # asked for, though here nobody answers
    asked = request(f"/api/{service}/v1/health/live")
    assert say(port, asked, source="127.0.0.2").status == 503

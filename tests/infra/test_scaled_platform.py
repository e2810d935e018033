"""`make run-scaled`: a process per service behind nginx, on PostgreSQL and RabbitMQ by URL."""

import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.local_platform import LocalPlatform
from tests.support.polling import eventually
from tests.support.postgres import INSTALLED, installed_server
from tests.support.test_run import run_name

pytestmark = [
    pytest.mark.nginx,
    pytest.mark.rabbitmq,
    pytest.mark.installed_postgres,
    pytest.mark.timeout(180),
]
EXPECTED = {"nginx"} | {
    f"{role}-{name}"
    for role in ("web", "worker")
    for name in ("gateway", "booking", "events", "engagement")
}


@pytest.fixture
def scaled(folder: Path, rabbitmq_server: str) -> Iterator[LocalPlatform]:
    """The scaled form on the machine's servers, with names of its own there."""
    if installed_server() is None:
        pytest.skip("installed_postgres: no PostgreSQL server answers")
    if shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") is None:
        pytest.skip("nginx: not installed")
    settings = {
        "ATRIUM_POSTGRES_URL": os.environ.get("ATRIUM_TEST_POSTGRES_URL", INSTALLED),
        "ATRIUM_BROKER_URL": rabbitmq_server,
        "ATRIUM_DATABASE_PREFIX": f"atrium_{run_name()}_own_",
        "ATRIUM_EXCHANGE": f"t{run_name()}own",
    }
    with LocalPlatform(folder / "data", module="infra.scaled.run", **settings) as platform:
        yield platform
    subprocess.run(
        [sys.executable, "-m", "infra.scaled.reset"], env=platform.environment(), check=True
    )


def status_of(platform: LocalPlatform, path: str, body: bytes | None = None) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(
            f"http://127.0.0.1:{platform.port}{path}", body, timeout=10
        ) as answer:  # loopback
            return answer.status, answer.headers["Content-Type"]
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers["Content-Type"]


def test_nginx_routes_by_path_and_answers_for_a_service_that_is_down(
    scaled: LocalPlatform,
) -> None:
    scaled.start()
    for name in ("gateway", "booking", "events", "engagement"):
        assert status_of(scaled, f"/api/{name}/v1/health/ready")[0] == 200
    assert status_of(scaled, "/")[0] == 200
    assert status_of(scaled, "/api/booking/v1/nothing") == (404, "application/problem+json")
    assert set(scaled.recorded()) == EXPECTED
    too_large = b"x" * 12_000_000
    found = status_of(scaled, "/api/booking/v1/reservations", too_large)
    assert found == (413, "application/problem+json")
    assert status_of(scaled, "/sign-in", too_large) == (413, "text/html; charset=utf-8")

    before = scaled.recorded()["web-booking"]
    before.kill()
    eventually(
        lambda: status_of(scaled, "/api/booking/v1/spaces") == (503, "application/problem+json"),
        within=30,
    )
    assert status_of(scaled, "/api/events/v1/health/ready")[0] == 200
    scaled.recorded()["web-gateway"].kill()
    eventually(lambda: status_of(scaled, "/") == (503, "text/html; charset=utf-8"), within=30)
    eventually(lambda: status_of(scaled, "/")[0] == 200, within=60)
    eventually(lambda: status_of(scaled, "/api/booking/v1/health/ready")[0] == 200, within=60)

    assert scaled.stop() == 0
    assert scaled.survivors() == []

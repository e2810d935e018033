"""The log of what a service said, over HTTP: for administrators, page by page, in order."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from flask import Flask
from flask.testing import FlaskClient

from services.engagement.queries import service_logs
from tests.engagement.stage import Stage
from tests.support.engagement_builders import Stay, at
from tests.support.tokens import bearer, token_for

LOG = "/api/engagement/v1/log"
ADMIN = {"roles": ("admin",)}


@pytest.fixture
def spoken(stage: Stage) -> Stage:
    """Seven messages said and numbered."""
    for number in range(7):
        stage.tell(Stay(number, who=number, starts_at=at(10)).checked_in())
    with stage.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE outbox SET sequence = position")
    return stage


@pytest.mark.usefixtures("spoken")
def test_pages_follow_each_other_and_end(client: FlaskClient) -> None:
    first = client.get(f"{LOG}?limit=4", headers=bearer(**ADMIN)).json
    rest = client.get(f"{LOG}?limit=4&after={first['next_after']}", headers=bearer(**ADMIN)).json
    numbers = [item["sequence"] for item in first["items"] + rest["items"]]
    assert len(numbers) == 7
    assert numbers == sorted(numbers)
    assert rest["next_after"] is None


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"roles": ("manager", "staff")}, 403),
        ({**ADMIN, "scope": "engagement:read"}, 403),
        ({"roles": ("patron",), "scope": "log:read"}, 403),
        ({**ADMIN, "scope": "log:read"}, 200),
    ],
)
def test_only_administrators_read_it_and_a_token_needs_its_scope(
    client: FlaskClient, claims: dict[str, object], status: int
) -> None:
    assert client.get(LOG, headers=bearer(**claims)).status_code == status
    assert client.get(LOG).status_code == 401


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(app: Flask) -> Iterator[str]:
    server: WSGIServer = make_server("127.0.0.1", 0, app.wsgi_app, handler_class=_Quiet)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/engagement/v1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.usefixtures("spoken")
def test_a_reader_goes_through_all_pages(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service_logs, "PAGE", 3)
    with served(app) as address:
        read = list(service_logs.service_log(address, token_for(**ADMIN)))
    assert [envelope.sequence for envelope in read] == list(range(1, 8))


@pytest.mark.usefixtures("spoken")
def test_a_reader_without_the_right_token_is_told_so(app: Flask) -> None:
    with served(app) as address, pytest.raises(service_logs.LogUnreadable, match="403"):
        list(service_logs.service_log(address, token_for()))


def test_a_log_that_does_not_answer_is_named() -> None:
    with pytest.raises(service_logs.LogUnreadable, match="cannot be read"):
        list(service_logs.service_log("http://127.0.0.1:9/api/booking/v1", "token"))

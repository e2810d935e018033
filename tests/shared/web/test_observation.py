"""What operators see: health, figures, traces and log lines, and what they must never see."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from shared.kernel.settings import SettingError
from shared.messaging.trace import current_traceparent
from shared.web.logs import without_secrets
from tests.shared.web.notes_app import BASE, create_notes_app
from tests.support.tokens import bearer

NOTES = f"{BASE}/notes"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
TRACEPARENT = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


class TestHealth:
    def test_live_needs_nothing_and_ready_asks_the_database(self, client: FlaskClient):
        assert client.get(f"{BASE}/health/live").json == {"status": "live"}
        ready = client.get(f"{BASE}/health/ready").json
        assert ready == {"status": "ready", "checks": ["database"]}

    def test_without_the_database_live_lives_and_ready_says_what_is_missing(
        self, open_engine, jwks: str
    ):
        away = open_engine("postgresql://nobody@127.0.0.1:1/nothing")
        client = create_notes_app(away, jwks).test_client()
        assert client.get(f"{BASE}/health/live").status_code == 200
        answer = client.get(f"{BASE}/health/ready")
        assert (answer.status_code, answer.json["code"]) == (503, "not_ready")
        assert answer.json["numbers"] == {"failed": ["database"]}
        assert "127.0.0.1" not in answer.text


class TestFigures:
    def test_requests_are_counted_by_route_and_never_by_address(self, client: FlaskClient):
        for number in (1, 2):
            client.get(f"{NOTES}/00000000-0000-4000-8000-00000000000{number}")
        client.get(f"{BASE}/nothing/secret-path")
        text = client.get(f"{BASE}/health/metrics").text
        labels = f'method="GET",route="{NOTES}/<uuid:note_id>",service="notes"'
        assert f'atrium_http_requests_total{{{labels},status="404"}} 2.0' in text
        assert f"atrium_http_request_seconds_count{{{labels}}} 2.0" in text
        assert 'route="unknown"' in text
        assert "00000000-0000" not in text
        assert "secret-path" not in text

    def test_methods_nobody_knows_are_counted_together(self, client: FlaskClient):
        for number in range(3):
            client.open(NOTES, method=f"M{number}")
        text = client.get(f"{BASE}/health/metrics").text
        assert 'method="other"' in text
        assert "M2" not in text

    def test_two_apps_count_apart(self, engine: Engine, jwks: str):
        first, second = (create_notes_app(engine, jwks).test_client() for _ in range(2))
        first.get(NOTES)
        assert 'status="401"' in first.get(f"{BASE}/health/metrics").text
        assert 'status="401"' not in second.get(f"{BASE}/health/metrics").text

    def test_with_several_worker_processes_one_answers_for_all(self, tmp_path: Path):
        script = (
            "import sys; from shared.web.metrics import RequestMetrics\n"
            "mine, other = RequestMetrics('notes'), RequestMetrics('other')\n"
            "mine.count('GET', '/n', 200, 0.1); other.count('GET', '/o', 200, 0.1)\n"
            "sys.stdout.write(mine.text().decode())\n"
        )
        environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
        texts = [
            subprocess.run(
                [sys.executable, "-c", script],
                env=environment,
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for _ in range(2)
        ]
        assert 'route="/n",service="notes",status="200"} 2.0' in texts[1]
        assert 'service="other"' not in texts[1]


class TestTraces:
    def test_a_request_continues_its_callers_trace(self, engine: Engine, jwks: str):
        seen: list[str | None] = []
        app = create_notes_app(
            engine, jwks, while_writing=lambda: seen.append(current_traceparent())
        )
        headers = bearer() | {"Idempotency-Key": "k", "traceparent": f"00-{TRACE}-{'1' * 16}-00"}
        answer = app.test_client().post(NOTES, json={"text": "a"}, headers=headers)
        assert seen == [answer.headers["traceresponse"]]
        assert seen[0] is not None
        assert TRACEPARENT.fullmatch(seen[0])
        assert seen[0].startswith(f"00-{TRACE}-")
        assert "1" * 16 not in seen[0]
        assert seen[0].endswith("-00")
        assert current_traceparent() is None

    @pytest.mark.parametrize(
        "offered", ["", "x", f"00-{'0' * 32}-{'1' * 16}-01", f"ff-{TRACE}-{'1' * 16}-01"]
    )
    def test_what_is_no_traceparent_starts_a_trace(self, client: FlaskClient, offered: str):
        answer = client.get(NOTES, headers={"traceparent": offered})
        assert TRACEPARENT.fullmatch(answer.headers["traceresponse"])
        assert TRACE not in answer.headers["traceresponse"]

    @pytest.mark.parametrize(
        ("offered", "kept"),
        [("order-12345678", True), ("short", False), ("with space!!", False), ("x" * 65, False)],
    )
    def test_a_request_keeps_its_callers_number_only_when_it_is_sane(
        self, client: FlaskClient, offered: str, *, kept: bool
    ):
        answer = client.get(NOTES, headers={"X-Request-Id": offered})
        assert (answer.headers["X-Request-Id"] == offered) is kept


class TestLogLines:
    CANARY = "canary-7f3a"

    def lines(self, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
        return [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    def test_one_line_tells_of_a_request(
        self, client: FlaskClient, capsys: pytest.CaptureFixture[str]
    ):
        answer = client.get(NOTES, headers=bearer())
        (line,) = self.lines(capsys)
        assert line["event"] == "request"
        assert (line["service"], line["method"], line["status"]) == ("notes", "GET", 200)
        assert line["route"] == NOTES
        assert line["request_id"] == answer.headers["X-Request-Id"]
        assert line["trace_id"] == answer.headers["traceresponse"][3:35]

    def test_no_secret_of_a_request_is_ever_written(
        self, client: FlaskClient, capsys: pytest.CaptureFixture[str]
    ):
        for headers in ({"Authorization": f"Bearer {self.CANARY}"}, bearer()):
            client.post(
                f"{NOTES}?feed_key={self.CANARY}",
                json={"text": self.CANARY},
                headers={"Idempotency-Key": self.CANARY, "Cookie": self.CANARY, **headers},
            )
            client.get(f"{BASE}/feeds/{self.CANARY}.ics", headers=headers)
        written = capsys.readouterr().err
        assert written.count('"event"') >= 4
        assert self.CANARY not in written

    def test_members_that_name_secrets_are_blanked_at_any_depth(self):
        line = {"Set-Cookie": "a", "nested": {"Api-Key": 1, "Authorization": "b"}, "ok": "c"}
        assert without_secrets(None, "", line) == {
            "Set-Cookie": "***",
            "nested": {"Api-Key": "***", "Authorization": "***"},
            "ok": "c",
        }

    def test_a_level_nobody_knows_is_refused_in_one_sentence(self, engine: Engine, jwks: str):
        with pytest.raises(SettingError, match="ATRIUM_LOG_LEVEL"):
            create_notes_app(engine, jwks, log_level="loud")

    def test_a_line_break_in_what_was_sent_makes_no_second_line(
        self, client: FlaskClient, capsys: pytest.CaptureFixture[str]
    ):
        client.get(f"{NOTES}/a%0d%0a%7b%22forged%22:1%7d")
        client.open(NOTES, method="X\r\nforged")
        assert len(self.lines(capsys)) == 2


class TestSecurityHeaders:
    @pytest.mark.parametrize("path", [NOTES, f"{BASE}/nothing", f"{BASE}/health/live"])
    def test_answers_are_neither_sniffed_nor_stored_nor_framed(
        self, client: FlaskClient, path: str
    ):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]

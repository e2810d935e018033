"""The gateway's keys: rotated without a failed request, kept while it is away, never hammered."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from joserfc.jwk import OKPKey
from sqlalchemy import Engine

from shared.web.keys import JwksSource, KeysUnavailable
from tests.shared.web.notes_app import BASE, create_notes_app
from tests.support.tokens import KID, TEST_KEY, bearer, claims_for, jwks, sign, write_jwks

NEW_KEY = OKPKey.generate_key("Ed25519", {"kid": "new"})


class Seconds:
    """A monotonic clock set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def publish(folder: Path, *keys: OKPKey) -> None:
    document = {"keys": [key.as_dict(private=False) for key in keys]}
    (folder / "jwks.json").write_text(json.dumps(document))


def test_a_new_key_counts_as_soon_as_a_token_names_it(tmp_path: Path, seconds: Seconds):
    source = JwksSource(write_jwks(tmp_path), monotonic=seconds)
    assert source.key(KID) is not None
    publish(tmp_path, NEW_KEY)
    assert source.key("new") is None  # asked only just now
    seconds.now = 3.1
    assert source.key("new") is not None


def test_a_strangers_key_names_make_us_ask_at_most_every_few_seconds(
    tmp_path: Path, seconds: Seconds, monkeypatch: pytest.MonkeyPatch
):
    source = JwksSource(write_jwks(tmp_path), monotonic=seconds)
    asked: list[float] = []
    read = source._read
    monkeypatch.setattr(source, "_read", lambda: asked.append(seconds.now) or read())
    for tenth in range(100):
        seconds.now = tenth / 10
        assert source.key(f"stranger {tenth}") is None
    assert len(asked) <= 4


def test_a_withdrawn_key_stops_counting_within_a_minute(tmp_path: Path, seconds: Seconds):
    source = JwksSource(write_jwks(tmp_path), monotonic=seconds)
    assert source.key(KID) is not None
    publish(tmp_path, NEW_KEY)
    seconds.now = 60.1
    source.key(KID)
    assert source.key(KID) is None


BAD_KEY = '{"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "bad", "x": "?"}]}'


@pytest.mark.parametrize("rubbish", ["", "[]", "{}", '{"keys": 1}', BAD_KEY])
def test_a_document_that_cannot_be_read_leaves_the_last_keys(
    tmp_path: Path, seconds: Seconds, rubbish: str
):
    source = JwksSource(write_jwks(tmp_path), monotonic=seconds)
    assert source.key(KID) is not None
    (tmp_path / "jwks.json").write_text(rubbish)
    seconds.now = 61.0
    assert source.key(KID) is not None


def test_without_any_key_the_answer_is_503_and_not_401(
    engine: Engine, tmp_path: Path, client: FlaskClient
):
    away = create_notes_app(engine, str(tmp_path / "nowhere.json")).test_client()
    answer = away.get(f"{BASE}/notes", headers=bearer())
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert client.get(f"{BASE}/notes", headers=bearer()).status_code == 200


def test_keys_come_over_http_too():
    body = json.dumps(jwks()).encode()

    class Gateway(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Gateway) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        source = JwksSource(f"http://127.0.0.1:{server.server_port}/.well-known/jwks.json")
        assert source.key(KID) is not None
        server.shutdown()
        thread.join()
    with pytest.raises(KeysUnavailable):
        JwksSource(f"http://127.0.0.1:{server.server_port}/").key(KID)


def test_two_live_keys_serve_without_a_failed_request(engine: Engine, tmp_path: Path):
    publish(tmp_path, TEST_KEY, NEW_KEY)
    client = create_notes_app(engine, str(tmp_path / "jwks.json")).test_client()
    old, new = sign(claims_for()), sign(claims_for(), key=NEW_KEY, kid="new")
    statuses = [
        client.get(f"{BASE}/notes", headers={"Authorization": f"Bearer {token}"}).status_code
        for token in (old, new) * 20
    ]
    assert set(statuses) == {200}

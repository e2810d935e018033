"""Read what changed, change only what was read."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from shared.web.etags import etag_of
from tests.shared.web import notes_app
from tests.shared.web.notes_app import BASE, create_notes_app
from tests.support.tokens import bearer


@pytest.fixture
def note(client: FlaskClient) -> str:
    """The address of a note."""
    headers = bearer() | {"Idempotency-Key": "k"}
    return client.post(f"{BASE}/notes", json={"text": "a"}, headers=headers).headers["Location"]


def change(client: FlaskClient, note: str, etag: str | None, text: str = "b"):
    headers = bearer() | ({} if etag is None else {"If-Match": etag})
    return client.patch(note, json={"text": text}, headers=headers)


def test_who_holds_the_version_gets_304_and_no_body(client: FlaskClient, note: str):
    first = client.get(note)
    again = client.get(note, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    other = client.get(note, headers={"If-None-Match": '"other", W/"more"'})
    assert (other.status_code, other.data) == (200, first.data)


def test_the_etag_changes_with_a_change_and_only_then(client: FlaskClient, note: str):
    first, second = (client.get(note).headers["ETag"] for _ in range(2))
    assert first == second
    changed = change(client, note, first)
    assert changed.status_code == 200
    assert changed.headers["ETag"] == client.get(note).headers["ETag"] != first


def test_without_if_match_the_version_is_asked_for(client: FlaskClient, note: str):
    answer = change(client, note, None)
    assert (answer.status_code, answer.json["code"]) == (428, "version_required")


@pytest.mark.parametrize("etag", ['"other"', 'W/"weak"', "", "garbage", '"'])
def test_another_version_is_412_and_nothing_changes(client: FlaskClient, note: str, etag: str):
    answer = change(client, note, etag)
    assert (answer.status_code, answer.json["code"]) == (412, "version_conflict")
    assert client.get(note).json["text"] == "a"


def test_a_weak_tag_changes_nothing_and_is_good_for_reading(client: FlaskClient, note: str):
    read = client.get(note).headers["ETag"]
    assert change(client, note, f"W/{read}").status_code == 412
    held = {"If-None-Match": f"W/{read}"}
    assert client.get(note, headers=held).status_code == 304
    assert change(client, note, f'"other", W/{read}').status_code == 412
    assert change(client, note, f'W/"other", {read}').status_code == 200


def test_a_star_means_any_version(client: FlaskClient, note: str):
    assert change(client, note, "*").status_code == 200


def fifty_writers(engine: Engine, jwks: str, note: str) -> Counter[int]:
    app = create_notes_app(engine, jwks)
    etag = app.test_client().get(note).headers["ETag"]
    start = Barrier(10)

    def write(number: int) -> int:
        if number < 10:
            start.wait(60)
        return change(app.test_client(), note, etag, f"text {number}").status_code

    with ThreadPoolExecutor(10) as pool:
        return Counter(pool.map(write, range(50)))


def test_of_fifty_writers_with_one_version_one_succeeds(engine: Engine, jwks: str, note: str):
    assert fifty_writers(engine, jwks, note) == {200: 1, 412: 49}


def test_control_without_the_check_all_fifty_succeed(
    engine: Engine, jwks: str, note: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(notes_app, "check_if_match", lambda _: None)
    monkeypatch.setattr(notes_app, "CHANGE", notes_app.CHANGE.replace("version = %s", "%s > 0"))
    assert fifty_writers(engine, jwks, note)[200] == 50


def test_an_etag_is_strong_and_differs_with_each_part():
    tags = {etag_of(1, "a"), etag_of(1, "b"), etag_of(2, "a"), etag_of("1a"), etag_of(1, "a", None)}
    assert len(tags) == 5
    assert all(tag.startswith('"') and tag.endswith('"') for tag in tags)

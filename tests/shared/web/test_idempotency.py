"""One effect and one answer per key: in turn, at once, after a restart; and what is misuse."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from shared.kernel.clock import SetClock
from shared.web import idempotency_store
from shared.web.idempotency_store import purge
from tests.shared.web.notes_app import BASE, create_notes_app, notes_in
from tests.support.tokens import bearer

MORNING = datetime(2026, 11, 24, 8, tzinfo=UTC)
PATRON = uuid4()


def write(
    client: FlaskClient, text: str = "first", key: str | None = "k-1", patron=PATRON
) -> TestResponse:
    headers = bearer(patron, now=None) | ({} if key is None else {"Idempotency-Key": key})
    return client.post(f"{BASE}/notes", json={"text": text}, headers=headers)


def seen(answer: TestResponse) -> tuple[object, ...]:
    kept = ("Location", "ETag", "Content-Type")
    return answer.status_code, answer.data, *(answer.headers.get(name) for name in kept)


def test_a_request_sent_again_gets_the_same_answer_byte_for_byte_and_has_no_new_effect(
    client: FlaskClient, engine: Engine
):
    first, *again = [write(client) for _ in range(3)]
    assert first.status_code == 201
    assert first.headers["Location"]
    assert "Idempotency-Replayed" not in first.headers
    assert [seen(answer) for answer in again] == [seen(first)] * 2
    assert [answer.headers["Idempotency-Replayed"] for answer in again] == ["true", "true"]
    assert notes_in(engine) == ["first"]


def test_after_a_restart_the_first_answer_still_stands(
    client: FlaskClient, engine: Engine, jwks: str
):
    first = write(client)
    assert seen(write(create_notes_app(engine, jwks).test_client())) == seen(first)
    assert notes_in(engine) == ["first"]


def test_a_refusal_is_kept_and_given_again_and_leaves_nothing_behind(
    client: FlaskClient, engine: Engine
):
    first, again = write(client, "too many"), write(client, "too many")
    assert first.status_code == 409
    assert seen(first) == seen(again)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert notes_in(engine) == []


def test_our_own_failure_is_not_kept(client: FlaskClient, engine: Engine):
    assert [write(client, "crash").status_code for _ in range(2)] == [500, 500]
    assert keys_in(engine) == 0
    assert notes_in(engine) == []


def test_what_validation_refuses_does_not_use_up_the_key(client: FlaskClient, engine: Engine):
    assert write(client, "").status_code == 422
    assert keys_in(engine) == 0
    assert write(client, "better").status_code == 201


def test_another_body_under_the_same_key_is_refused(client: FlaskClient, engine: Engine):
    write(client)
    answer = write(client, "second")
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reused")
    assert notes_in(engine) == ["first"]


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (None, "idempotency_key_missing"),
        ("k" * 256, "idempotency_key_invalid"),
        ("", "idempotency_key_invalid"),
        ("clé", "idempotency_key_invalid"),
    ],
)
def test_a_missing_or_unfit_key_is_a_bad_request(client: FlaskClient, key: str | None, code: str):
    answer = write(client, key=key)
    assert (answer.status_code, answer.json["code"]) == (400, code)


def test_the_longest_key_is_taken(client: FlaskClient):
    assert write(client, key="k" * 255).status_code == 201


def test_anothers_equal_key_is_another_key(client: FlaskClient, engine: Engine):
    answers = [write(client, patron=uuid4()) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json["id"] != answers[1].json["id"]
    assert notes_in(engine) == ["first", "first"]


def test_a_second_request_while_the_first_is_at_work_is_told_so(engine: Engine, jwks: str):
    at_work, finish = threading.Event(), threading.Event()

    def wait() -> None:
        at_work.set()
        assert finish.wait(60)

    client = create_notes_app(engine, jwks, while_writing=wait).test_client()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(write, client)
        assert at_work.wait(60)
        second = write(client)
        finish.set()
        assert first.result().status_code == 201
    assert (second.status_code, second.json["code"]) == (409, "idempotency_in_flight")
    assert second.headers["Retry-After"]
    assert seen(write(client)) == seen(first.result())


def parallel_duplicates(engine: Engine, jwks: str, rounds: int) -> tuple[list[int], int]:
    """Send every note four times at once; return the statuses and how many notes there are."""
    app = create_notes_app(engine, jwks)
    start = threading.Barrier(4)

    def send(number: int) -> int:
        start.wait(60)
        return write(app.test_client(), f"note {number}", key=f"key {number}").status_code

    statuses: list[int] = []
    with ThreadPoolExecutor(4) as pool:
        for number in range(rounds):
            statuses += pool.map(send, [number] * 4)
    return statuses, len(notes_in(engine))


def test_duplicates_at_once_have_one_effect(engine: Engine, jwks: str):
    statuses, notes = parallel_duplicates(engine, jwks, rounds=25)
    assert notes == 25
    assert set(statuses) <= {201, 409}


def test_without_the_lock_the_unique_key_alone_still_keeps_it_to_one_effect(
    engine: Engine, jwks: str, monkeypatch: pytest.MonkeyPatch
):
    take_off_the_lock(monkeypatch)
    statuses, notes = parallel_duplicates(engine, jwks, rounds=25)
    assert notes == 25
    assert set(statuses) == {201}  # the later ones waited, undid their work and replayed


def test_control_without_lock_and_unique_key_duplicates_have_many_effects(
    engine: Engine, jwks: str, monkeypatch: pytest.MonkeyPatch
):
    take_off_the_lock(monkeypatch)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "ALTER TABLE idempotency_key DROP CONSTRAINT idempotency_key_pkey"
        )
    _, notes = parallel_duplicates(engine, jwks, rounds=25)
    assert notes > 25


def test_a_key_is_new_again_after_a_day(engine: Engine, jwks: str):
    clock = SetClock(datetime.now(UTC))
    client = create_notes_app(engine, jwks, clock=clock).test_client()
    first = write(client)
    clock.set(clock.now() + timedelta(hours=24))
    assert purge(engine, clock=clock) == 0
    clock.set(clock.now() + timedelta(seconds=1))
    assert purge(engine, clock=clock) == 1
    clock.set(datetime.now(UTC))
    assert write(client).json["id"] != first.json["id"]


def take_off_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    always = idempotency_store.FIND.replace("pg_try_advisory_xact_lock(%(lock)s)", "true")
    assert always != idempotency_store.FIND
    monkeypatch.setattr(idempotency_store, "FIND", always)


def keys_in(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM idempotency_key").scalar_one()

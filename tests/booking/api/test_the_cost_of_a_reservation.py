"""What making a reservation costs in round trips: the hot path, kept from growing unseen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy import event as sql_hooks
from werkzeug.test import TestResponse

from tests.support.booking_builders import NOW, ROOM, hour
from tests.support.tokens import bearer

ROUND_TRIPS = ("pg_try_advisory_xact_lock", "pg_try_advisory_xact_lock", "r.patron_id", "placed")
"""The key's lock and answer; the person's lock with the catalogue's version; what they hold; the
reservation with history and message. Then the answer under its key, and the commit."""


@contextmanager
def round_trips(engine: Engine) -> Iterator[list[str]]:
    seen: list[str] = []

    def statement(_: Any, __: Any, text: str, *___: Any) -> None:
        seen.append(text)

    def savepoint(_: Any, name: str, *__: Any) -> None:
        seen.append(f"SAVEPOINT {name}")

    def undone(_: Any) -> None:
        seen.append("ROLLBACK")

    hooks: dict[str, Callable[..., None]] = {
        "before_cursor_execute": statement,
        "savepoint": savepoint,
        "rollback": undone,
    }
    for name, hook in hooks.items():
        sql_hooks.listen(engine, name, hook)
    yield seen
    for name, hook in hooks.items():
        sql_hooks.remove(engine, name, hook)


def reserving(client: FlaskClient, number: int) -> TestResponse:
    starts_at = hour(10 + number)
    body = {
        "space_id": str(ROOM.id),
        "starts_at": starts_at.isoformat(),
        "ends_at": (starts_at + timedelta(hours=1)).isoformat(),
    }
    headers = bearer(UUID(int=number), now=NOW, lifetime_seconds=86_400)
    key = {"Idempotency-Key": str(uuid4())}
    return client.post("/api/booking/v1/reservations", json=body, headers=headers | key)


def test_a_reservation_takes_five_statements_and_no_savepoint(client: FlaskClient) -> None:
    assert reserving(client, 1).status_code == 201  # the catalogue is known from now on
    engine: Engine = client.application.extensions["atrium_engine"]
    with round_trips(engine) as seen:
        assert reserving(client, 2).status_code == 201
    assert len(seen) == len(ROUND_TRIPS) + 1, seen
    for text, part in zip(seen, ROUND_TRIPS, strict=False):
        assert part in text
    assert "INSERT INTO idempotency_key" in seen[-1]

"""Several consumers at once, and the whole way from a request to the changed figure."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import Engine

from services.engagement.app import create_app
from services.engagement.config import LedgerSettings, Settings
from services.engagement.worker import build_worker
from shared.web.settings import WebSettings
from tests.engagement.stage import Stage
from tests.support.engagement_builders import (
    KEY,
    LIBRARY,
    ZONE,
    described,
    person,
    population,
    space,
)
from tests.support.engagement_month import a_month
from tests.support.polling import eventually
from tests.support.promptness import promised
from tests.support.tokens import bearer, write_jwks

API = "/api/engagement/v1"
FIRST = 10.0  # a worker just started connects and declares its queues first
WISH = {"library_id": str(LIBRARY), "space_kind": "creative", "title": "A second laser cutter"}


def test_four_consumers_at_once_come_to_what_one_comes_to(stage: Stage) -> None:
    month = a_month()
    stage.hear_all(month)
    alone = stage.facts(), stage.export(), stage.balances()
    for seed in range(5):
        stage.clear()
        shuffled = [Random(seed * 4 + n).sample(month, len(month)) for n in range(4)]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(stage.hear_all, shuffled))
        assert (stage.facts(), stage.export(), stage.balances()) == alone


@pytest.fixture
def settings(
    fresh_database: Callable[[str], str],
    open_engine: Callable[..., Engine],  # noqa: ARG001  # engines close before databases go
    tmp_path: Path,
    broker_url: str,
    exchange: str,
) -> Settings:
    return Settings(
        database_url=fresh_database("engagement"),
        broker_url=broker_url,
        exchange=exchange,
        ledger=LedgerSettings(pseudonym_key=KEY, timezone=ZONE),
        web=WebSettings(jwks=write_jwks(tmp_path), rate_limit=0, log_level="error"),
        smallest_cell=0,  # one person alone is what these tests look at
    )


@pytest.fixture
def working(settings: Settings) -> Iterator[Flask]:
    """The app, and its worker beside it."""
    app = create_app(settings)
    stop = threading.Event()
    worker = threading.Thread(target=build_worker(settings).run, args=(stop,))
    worker.start()
    yield app
    stop.set()
    worker.join()
    app.extensions["atrium_engine"].dispose()


def test_an_act_over_http_is_in_the_figure_its_drill_down_and_the_points_within_two_seconds(
    working: Flask,
) -> None:
    client, who = working.test_client(), person(1)
    today = datetime.now(UTC).astimezone(ZoneInfo(ZONE)).date().isoformat()
    asked = {"from": today, "to": today}
    reader = bearer(roles=("manager",))
    stage = Stage(working.extensions["atrium_engine"])
    stage.tell(population({"Science": 10}, day=datetime.now(UTC).date()))
    stage.tell(described(1, "Science"))
    stage.tell(space())

    def suggest() -> float:
        headers = bearer(who) | {"Idempotency-Key": str(uuid4())}
        answer = client.post(f"{API}/suggestions", json=WISH, headers=headers)
        assert answer.status_code == 201
        return time.monotonic()

    def figure() -> int:
        answer = client.get(f"{API}/metrics/M10", query_string=asked, headers=reader)
        numerator: int = answer.json["cells"][0]["numerator"]
        return numerator

    assert figure() == 0
    suggest()
    eventually(lambda: figure() == 1, within=FIRST, step=0.05)
    said_at = suggest()
    eventually(lambda: len(entries(working, who)) == 2, step=0.05)
    assert time.monotonic() - said_at < promised(2)
    listed = client.get(f"{API}/metrics/M10/acts", query_string=asked, headers=reader).json
    (act,) = listed["items"]
    assert act["type"] == "engagement.suggestion.submitted.v1"
    assert act["message_id"] in {entry["source_message_id"] for entry in entries(working, who)}


def entries(app: Flask, who: object) -> list[dict[str, str]]:
    headers = bearer(who)  # type: ignore[arg-type]  # a patron's id
    found: list[dict[str, str]] = (
        app.test_client().get(f"{API}/my/points", headers=headers).json["items"]
    )
    return found


def test_a_worker_without_a_pseudonym_key_worth_the_name_does_not_start(
    settings: Settings,
) -> None:
    short = replace(settings, ledger=LedgerSettings(pseudonym_key="short"))
    with pytest.raises(ValueError, match="at least 16 bytes"):
        build_worker(short)

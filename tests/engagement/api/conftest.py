"""Engagement's app over a database of its own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from services.engagement.api.parts import EXTENSION, Parts
from services.engagement.app import create_app
from services.engagement.config import LedgerSettings, Settings
from services.engagement.persistence.fact_tables import SPACE
from shared.kernel.clock import SetClock
from shared.web.settings import WebSettings
from tests.engagement.stage import Stage
from tests.support.engagement_builders import KEY, LIBRARY, ZONE
from tests.support.tokens import write_jwks


@pytest.fixture
def app(
    fresh_database: Callable[[str], str],
    open_engine: Callable[..., Engine],  # noqa: ARG001  # engines close before databases go
    tmp_path: Path,
) -> Iterator[Flask]:
    settings = Settings(
        database_url=fresh_database("engagement"),
        broker_url="amqp://nobody@nowhere//",
        ledger=LedgerSettings(pseudonym_key=KEY),
        web=WebSettings(jwks=write_jwks(tmp_path), rate_limit=0, log_level="error"),
    )
    app = create_app(settings)
    # Tokens are of today; the library's calendar stands at the first of December.
    parts: Parts = app.extensions[EXTENSION]
    app.extensions[EXTENSION] = replace(parts, clock=SetClock(datetime(2026, 12, 1, 4, tzinfo=UTC)))
    know_the_library(app.extensions["atrium_engine"])
    yield app
    app.extensions["atrium_engine"].dispose()


A_SPACE = {
    "space_id": UUID(int=1),
    "thread": "space/known",
    "library_id": LIBRARY,
    "timezone": ZONE,
    "space_kind": "learning",
    "space_type": "room",
    "name_zh": "自习室",
    "name_en": "Reading room",
    "told_at": datetime(2026, 10, 1, tzinfo=UTC),
    "told_sequence": 0,
}


def know_the_library(engine: Engine) -> None:
    """Keep a space of it as a fact, past the ledger, which holds only what a test has told."""
    with engine.begin() as connection:
        connection.execute(SPACE.insert(), A_SPACE)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def stage(app: Flask) -> Stage:
    """The stage over the app's own database."""
    return Stage(app.extensions["atrium_engine"])

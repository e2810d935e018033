"""Engagement's app over a database of its own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from services.engagement.api.parts import EXTENSION, Parts
from services.engagement.app import create_app
from services.engagement.config import LedgerSettings, Settings
from shared.kernel.clock import SetClock
from shared.web.settings import WebSettings
from tests.engagement.stage import Stage
from tests.support.engagement_builders import KEY, space
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
    yield app
    app.extensions["atrium_engine"].dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def stage(app: Flask) -> Stage:
    """The stage over the app's own database."""
    return Stage(app.extensions["atrium_engine"])


@pytest.fixture
def library_known(stage: Stage) -> None:
    """A space of the library has been told of."""
    stage.tell(space())

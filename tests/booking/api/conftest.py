"""The booking service over HTTP, in process, on a database of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from services.booking.app import create_app
from services.booking.config import Settings
from shared.kernel.clock import SetClock
from shared.web.settings import WebSettings
from tests.support.booking_builders import furnish
from tests.support.tokens import write_jwks


@pytest.fixture
def client(
    fresh_database: Callable[[str], str],
    open_engine: Callable[..., Engine],
    tmp_path: Path,
    clock: SetClock,
) -> Iterator[FlaskClient]:
    url = fresh_database("booking")
    furnish(open_engine(url))
    settings = Settings(
        database_url=url,
        broker_url="unused",
        web=WebSettings(jwks=write_jwks(tmp_path), rate_limit=0),
    )
    app = create_app(settings, clock=clock)
    yield app.test_client()
    app.extensions["atrium_engine"].dispose()

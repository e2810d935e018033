"""A database and an app for the tests of the edge."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.shared.web.notes_app import create_notes_app, create_tables
from tests.support.tokens import write_jwks


@pytest.fixture
def engine(fresh_database: Callable[[str], str], open_engine: Callable[..., Engine]) -> Engine:
    engine = open_engine(fresh_database("empty"), pool_size=16)
    create_tables(engine)
    return engine


@pytest.fixture
def jwks(tmp_path: Path) -> str:
    return write_jwks(tmp_path)


@pytest.fixture
def client(engine: Engine, jwks: str) -> FlaskClient:
    return create_notes_app(engine, jwks).test_client()

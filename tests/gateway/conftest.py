"""The gateway on a database of its own, with a clock that stands at noon."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.app import create_app
from gateway.commands.create_account import CreateAccount, create_account
from gateway.config import Settings
from gateway.domain.account import Account
from gateway.parts import EXTENSION, Parts
from shared.kernel.clock import SetClock
from shared.web.settings import WebSettings
from tests.support.gateway_builders import NOON, PASSWORD, SECRET

NewAccount = Callable[..., Account]


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.fixture
def settings(fresh_database: Callable[[str], str], tmp_path: Path) -> Settings:
    return Settings(
        database_url=fresh_database("gateway"),
        broker_url="pgmq://nowhere/bus",
        secret=SECRET,
        jwks_out=tmp_path / "jwks.json",
        web=WebSettings(jwks=str(tmp_path / "jwks.json"), rate_limit=0),
    )


@pytest.fixture
def no_services() -> httpx.MockTransport:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no service runs in this test", request=request)

    return httpx.MockTransport(refuse)


@pytest.fixture
def app(settings: Settings, clock: SetClock, no_services: httpx.MockTransport) -> Iterator[Flask]:
    app = create_app(settings, clock=clock, api_transport=no_services)
    yield app
    parts: Parts = app.extensions[EXTENSION]
    parts.engine.dispose()
    parts.services.close()


@pytest.fixture
def parts(app: Flask) -> Parts:
    found: Parts = app.extensions[EXTENSION]
    return found


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def new_account(parts: Parts) -> NewAccount:
    """Create an account that can sign in with PASSWORD."""

    def create(login: str = "xiaoming", *roles: str, **changed: object) -> Account:
        wanted = CreateAccount(
            **{
                "login": login,
                "password": PASSWORD,
                "family_name": "王",
                "given_name": "小明",
                "roles": frozenset(roles) | {"patron"},
                "faculty": "science",
                "level": "bachelor",
                "study_year": 2,
                "language": "en",
                **changed,
            }
        )
        return create_account(wanted, uow=parts.uow(), clock=parts.clock)

    return create


@pytest.fixture
def bearer(client: FlaskClient, new_account: NewAccount) -> Callable[..., dict[str, str]]:
    """Return the header of somebody with these roles, who got their token as anybody does."""

    def header(*roles: str, login: str = "") -> dict[str, str]:
        name = login or "-".join(("person", *roles))
        new_account(name, *roles)
        answer = client.post("/api/gateway/v1/tokens", json={"login": name, "password": PASSWORD})
        return {"Authorization": f"Bearer {answer.get_json()['access_token']}"}

    return header

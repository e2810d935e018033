"""All four services in one process on one clock, and people who use them by page and by API."""

import importlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.test import TestResponse

from gateway.app import create_app as create_gateway
from gateway.commands.create_account import CreateAccount, create_account
from gateway.config import Settings as GatewaySettings
from gateway.domain.account import Account
from gateway.parts import EXTENSION, Parts
from infra.local.web import MountedByPath
from infra.sample_campus.bus_by_hand import BusByHand
from services.booking.config import Settings as BookingSettings
from services.engagement.config import LedgerSettings
from services.engagement.config import Settings as EngagementSettings
from services.events.config import Settings as EventsSettings
from shared.kernel.clock import SetClock
from shared.messaging.worker import Worker
from shared.web.settings import WebSettings
from tests.support.gateway_builders import PASSWORD, SECRET
from tests.support.gateway_pages import form_token, sign_in


class _Compiled(BytecodeCache):
    """Templates once compiled, for all houses of a process."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if (code := self._kept.get(bucket.key)) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = _Compiled()


@dataclass
class House:
    """The platform; messages move when told to."""

    clock: SetClock
    apps: dict[str, Flask]
    services: httpx.Client
    workers: list[Worker]
    closed: set[str]
    """Services that do not answer."""
    distrustful: set[str]
    """Services that take nobody's token."""

    @property
    def parts(self) -> Parts:
        found: Parts = self.apps["gateway"].extensions[EXTENSION]
        return found

    def person(
        self, *roles: str, login: str = "", language: str = "en", number: str | None = None
    ) -> "Visitor":
        """Admit somebody with these roles; they are signed in."""
        name = login or f"p{uuid4().hex[:8]}"
        account = CreateAccount(
            login=name,
            password=PASSWORD,
            family_name="王",
            given_name="小明",
            roles=frozenset(roles) | {"patron"},
            faculty="science",
            level="bachelor",
            study_year=2,
            language=language,
            number=number,
        )
        made = create_account(account, uow=self.parts.uow(), clock=self.clock)
        browser = self.apps["gateway"].test_client()
        sign_in(browser, login=name)
        return Visitor(self, browser, made)

    def move_messages(self) -> None:
        """Let every service hear what the others have said."""
        BusByHand(self.workers).move()

    def close(self) -> None:
        for worker in self.workers:
            worker.engine.dispose()
        self.services.close()
        self.parts.services.close()
        for app in self.apps.values():
            app.extensions["atrium_engine"].dispose()


@dataclass
class Visitor:
    """Somebody with a browser, who can also call the services as a program would."""

    house: House
    browser: FlaskClient
    account: Account

    @property
    def headers(self) -> dict[str, str]:
        """A fresh token: a test's clock may have moved."""
        token = self.house.parts.access_tokens.sign(self.account, frozenset())
        return {"Authorization": f"Bearer {token}"}

    def see(self, path: str) -> str:
        """Open a page that must be there; return its text with entities resolved."""
        answer = self.browser.get(path, follow_redirects=True)
        assert answer.status_code == 200, (path, answer.status_code, answer.get_data(as_text=True))
        return unescape(answer.get_data(as_text=True))

    def send(self, page_path: str, action: str, **chosen: str) -> TestResponse:
        """Send a form of a page as it stands there, with what was chosen."""
        page = self.browser.get(page_path)
        fields = {**form_fields(page.get_data(as_text=True), action), **chosen}
        return self.browser.post(action, data={**fields, "csrf_token": form_token(page)})

    def get(self, path: str) -> Any:
        answer = self.house.services.get(path, headers=self.headers)
        assert answer.is_success, answer.text
        return answer.json()

    def post(self, path: str, body: Any = None) -> Any:
        return self._asked("POST", path, body or {})

    def put(self, path: str, body: Any) -> Any:
        read = self.house.services.get(path, headers=self.headers)
        return self._asked("PUT", path, body, {"If-Match": read.headers["ETag"]})

    def _asked(self, method: str, path: str, body: Any, more: dict[str, str] | None = None) -> Any:
        headers = {**self.headers, "Idempotency-Key": uuid4().hex, **(more or {})}
        answer = self.house.services.request(method, path, json=body, headers=headers)
        assert answer.is_success, answer.text
        return answer.json()


def form_fields(page: str, action: str) -> dict[str, str]:
    """Return what the form that goes to this address would send as it stands."""
    for form in re.findall(r"<form\b.*?</form>", page, flags=re.DOTALL):
        if f'action="{action}"' in form or 'action="' not in form.split(">", 1)[0]:
            inputs = re.findall(r'<input[^>]*name="([^"]+)"[^>]*?value="([^"]*)"', form)
            chosen = re.findall(
                r'<select[^>]*name="([^"]+)".*?<option value="([^"]*)" selected', form, re.DOTALL
            )
            return {name: unescape(value) for name, value in [*inputs, *chosen]}
    raise AssertionError(f"no form goes to {action}")


def links(page: str, beginning: str) -> list[str]:
    """Return the addresses of links that begin so."""
    return [link for link in re.findall(r'href="([^"]+)"', page) if link.startswith(beginning)]


def open_house(
    fresh_database: Callable[[str], str],
    broker_url: str,
    folder: Path,
    clock: SetClock,
    *,
    rate_limit: int = 0,
    log_level: str = "info",
) -> House:
    """Open the doors on empty databases."""
    jwks = folder / "jwks.json"
    jwks.write_text(json.dumps({"keys": []}))
    web = WebSettings(jwks=str(jwks), rate_limit=rate_limit, log_level=log_level)
    common = {"broker_url": broker_url, "web": web}
    ledger = LedgerSettings(pseudonym_key="a key of the tests that is long enough")
    settings = {
        "booking": BookingSettings(database_url=fresh_database("booking"), **common),
        "events": EventsSettings(database_url=fresh_database("events"), **common),
        "engagement": EngagementSettings(
            database_url=fresh_database("engagement"), ledger=ledger, **common
        ),
    }
    apps = {
        name: _module(name, "app").create_app(own, clock=clock) for name, own in settings.items()
    }
    workers = [
        _module(name, "worker").build_worker(own, clock=clock) for name, own in settings.items()
    ]
    closed: set[str] = set()
    distrustful: set[str] = set()
    mounts = {
        f"/api/{name}/": _door(name, app.wsgi_app, closed, distrustful)
        for name, app in apps.items()
    }
    inside = httpx.WSGITransport(app=MountedByPath(mounts, apps["booking"].wsgi_app))
    gateway = GatewaySettings(
        database_url=fresh_database("gateway"), secret=SECRET, jwks_out=jwks, **common
    )
    apps["gateway"] = create_gateway(gateway, clock=clock, api_transport=inside)
    apps["gateway"].jinja_env.bytecode_cache = TEMPLATES
    outside = httpx.Client(base_url="http://localhost:8000", transport=inside)
    return House(clock, apps, outside, workers, closed, distrustful)


def _module(service: str, room: str) -> Any:
    return importlib.import_module(f"services.{service}.{room}")


def _door(name: str, application: Any, closed: set[str], distrustful: set[str]) -> Any:
    def enter(environ: Any, start_response: Any) -> Any:
        if name in closed:
            start_response("503 Service Unavailable", [("Content-Length", "0")])
            return []
        if name in distrustful and "HTTP_AUTHORIZATION" in environ:
            environ = {**environ, "HTTP_AUTHORIZATION": "Bearer of.no.key"}
        return application(environ, start_response)

    return enter

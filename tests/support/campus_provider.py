"""The campus's identity provider as tests use it, and a browser that goes there."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import httpx
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass
class CampusProvider:
    """A running provider; `astray` says how its next answers differ."""

    issuer: str

    def astray(self, **how: Any) -> None:
        httpx.post(f"{self.issuer}/astray", json=how).raise_for_status()

    def asked(self) -> list[str]:
        found: list[str] = httpx.get(f"{self.issuer}/astray").json()
        return found

    def knows(self, subject: str, **claims: Any) -> None:
        httpx.put(f"{self.issuer}/users/{subject}", json=claims).raise_for_status()

    def registered(self, auth_method: str, provider_id: UUID) -> str:
        """Register us there (RFC 7591) as what we call it by this id; returns our client's id."""
        back = f"http://localhost:8000/sign-in/back/{provider_id}"
        body = {"redirect_uris": [back], "token_endpoint_auth_method": auth_method}
        answer = httpx.post(f"{self.issuer}/oauth2/clients", json=body).raise_for_status()
        return str(answer.json()["client_id"])

    def consent(self, address: str, subject: str) -> str:
        """Sign in there as somebody; returns the address the browser is sent back to."""
        answer = httpx.post(address, data={"sub": subject})
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def deny(self, address: str) -> str:
        answer = httpx.post(address, data={"action": "deny"})
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]


@contextmanager
def campus_provider() -> Iterator[CampusProvider]:
    """Run the provider as a process of its own."""
    command = [sys.executable, "-m", "tests.support.campus_provider_server"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            port = process.stdout.readline().strip()
            assert port, "the provider did not start"
            yield CampusProvider(f"http://localhost:{port}")
        finally:
            process.kill()


def way_there(client: FlaskClient, provider_id: UUID, target: str = "/") -> str:
    """Begin; returns the address at the provider the browser is sent to."""
    answer = client.get(f"/sign-in/with/{provider_id}", query_string={"next": target})
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return str(answer.location)


def come_back(client: FlaskClient, address: str, language: str = "en") -> TestResponse:
    """Follow the provider's redirect to us."""
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}", headers={"Accept-Language": language})


def asked_for(address: str) -> dict[str, str]:
    """Return the parameters of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}

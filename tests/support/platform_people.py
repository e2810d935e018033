"""People on a running platform: accounts that sign in over HTTP, or a crowd with signed tokens."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import Engine

from gateway.domain.account import Account
from gateway.queries.signing_keys import key_loader
from gateway.security.access_tokens import AccessTokens
from gateway.security.key_ring import KeyRing
from gateway.security.sealing import Sealer
from shared.kernel.clock import SystemClock
from shared.kernel.identifiers import new_id
from tests.support.platform_process import PlatformProcess

PASSWORD = "a long enough password"
RUNNERS = ("patron", "organizer", "staff", "manager", "admin")


@dataclass(frozen=True)
class Person:
    """Somebody with a token: what they ask for over HTTP is asked in their name."""

    patron_id: UUID
    token: str
    client: httpx.Client

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        """Read something that is there."""
        return self._ok(self.client.get(path, params=query, headers=self.headers))

    def post(self, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
        """Do something that works."""
        return self._ok(self.send(path, body, **headers))

    def send(self, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """Try something, under a fresh key; the answer is the caller's to judge."""
        keyed = {"Idempotency-Key": str(uuid4()), **self.headers, **headers}
        return self.client.post(path, json=body, headers=keyed)

    def put(self, path: str, body: Any) -> dict[str, Any]:
        """Replace what one has read."""
        read = self.client.get(path, headers=self.headers)
        matched = {**self.headers, "If-Match": read.headers["ETag"]}
        return self._ok(self.client.put(path, json=body, headers=matched))

    def delete(self, path: str) -> None:
        """Take away what one has read."""
        read = self.client.get(path, headers=self.headers)
        matched = {**self.headers, "If-Match": read.headers["ETag"]}
        answer = self.client.delete(path, headers=matched)
        assert answer.is_success, f"DELETE {answer.url}: {answer.text}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    @staticmethod
    def _ok(answer: httpx.Response) -> dict[str, Any]:
        assert answer.is_success, f"{answer.request.method} {answer.url}: {answer.text}"
        read: dict[str, Any] = answer.json()
        return read


class Crowd:
    """Tokens for any number of people, signed with the platform's own key."""

    def __init__(self, process: PlatformProcess, gateway: Engine, client: httpx.Client) -> None:
        sealer = Sealer(process.secret("gateway-secret"))
        keys = KeyRing(key_loader(gateway), sealer, SystemClock())
        self._tokens = AccessTokens(keys, issuer=process.public_url, clock=SystemClock())
        self._client = client

    def person(self, *roles: str, patron_id: UUID | None = None) -> Person:
        """Somebody the gateway could have admitted; they have no account."""
        account = Account(
            patron_id=patron_id or new_id(),
            login="somebody",
            family_name="Somebody",
            given_name="",
            name_order="given_first",
            roles=frozenset({"patron", *roles}),
            patron_class="undergraduate",
            faculty="Science",
            level="bachelor",
        )
        return Person(account.patron_id, self._tokens.sign(account, frozenset()), self._client)

    def people(self, count: int) -> list[Person]:
        return [self.person() for _ in range(count)]


def first_administrator(process: PlatformProcess, client: httpx.Client) -> Person:
    """The account an operator makes by command line, signed in with its password."""
    login = f"admin-{uuid4().hex[:8]}"
    named = ["--login", login, "--family-name", "Operator", "--password", PASSWORD]
    roles = [part for role in RUNNERS for part in ("--role", role)]
    process.command_line("gateway.cli", "create-account", *named, *roles)
    return sign_in(client, login)


def admit(
    administrator: Person, login: str, *, roles: Iterable[str] = ("patron",), **details: Any
) -> Person:
    """Give somebody an account and let them sign in."""
    unique = f"{login}-{uuid4().hex[:8]}"
    body = {"login": unique, "password": PASSWORD, "family_name": login, "roles": list(roles)}
    administrator.post("/api/gateway/v1/accounts", {**body, **details})
    return sign_in(administrator.client, unique)


def sign_in(client: httpx.Client, login: str) -> Person:
    asked = {"login": login, "password": PASSWORD}
    answer = client.post("/api/gateway/v1/tokens", json=asked)
    assert answer.status_code == 200, answer.text
    token = answer.json()["access_token"]
    me = client.get("/api/gateway/v1/me", headers={"Authorization": f"Bearer {token}"}).json()
    return Person(UUID(me["patron_id"]), token, client)

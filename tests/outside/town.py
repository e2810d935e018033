"""A small town where one of everything exists, and somebody of every kind lives."""

from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.outside.undone import Undone
from tests.support.gateway_house import House, Visitor

WHO: dict[str, tuple[str, ...]] = {
    "owner": (),
    "student": (),
    "organizer": ("organizer",),
    "other_organizer": ("organizer",),
    "staff": ("staff",),
    "staff_elsewhere": ("staff",),
    "manager": ("manager",),
    "admin": ("admin",),
}
STRANGER = "anonymous"
EVERYBODY = (*WHO, STRANGER)


@dataclass
class Town:
    """The platform, the people, and the ids of what exists by the names paths give them."""

    house: House
    people: dict[str, Visitor]
    ids: dict[str, str] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    undone: Undone | None = None
    _tokens: dict[str, dict[str, str]] = field(default_factory=dict)
    _asked: int = 0

    def undo(self) -> None:
        """Let nothing have happened since the town was built."""
        assert self.undone is not None
        self.undone.undo()

    def changes(self) -> list[str]:
        """Name the tables that are not as the town was built, and undo it all."""
        assert self.undone is not None
        return self.undone.changed()

    def token(self, who: str) -> dict[str, str]:
        """The header of somebody who is signed in; none for a stranger."""
        if who == STRANGER:
            return {}
        if who not in self._tokens:
            self._tokens[who] = self.people[who].headers
        return self._tokens[who]

    def ask(self, who: str, method: str, path: str, **sent: Any) -> TestResponse:
        """Send one request to the service the path names."""
        client = self.client(path)
        headers = {**self.token(who), **sent.pop("headers", {})}
        return client.open(path, method=method, headers=headers, **self.somewhere(), **sent)

    def browser(self, who: str) -> FlaskClient:
        """Somebody's browser, signed in; a fresh one for a stranger."""
        if who == STRANGER:
            return self.house.apps["gateway"].test_client()
        return self.people[who].browser

    def client(self, path: str) -> FlaskClient:
        service = path.split("/")[2] if path.startswith("/api/") else "gateway"
        return self.house.apps.get(service, self.house.apps["gateway"]).test_client()

    def somewhere(self) -> dict[str, Any]:
        """Where a request comes from: ever another address, for some are counted by address."""
        self._asked += 1
        high, low = divmod(self._asked, 256)
        return {"environ_base": {"REMOTE_ADDR": f"10.{high >> 8 & 255}.{high & 255}.{low}"}}

    def close(self) -> None:
        if self.undone is not None:
            self.undone.close()
        self.house.close()

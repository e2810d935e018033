"""What people send to the events service, in a line each."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from services.events.commands.hear_about_rooms import room_granted
from services.events.persistence.unit_of_work import EventsUnitOfWork
from shared.kernel.clock import SetClock
from tests.events.stage import granted
from tests.support.event_builders import ORGANIZER, SALON, TOMORROW
from tests.support.tokens import bearer

BASE = "/api/events/v1"
A_PLAN: dict[str, Any] = {
    "programme": "salon",
    "title_zh": "秋夜读诗",
    "title_en": "Poems on an autumn evening",
    "space_id": str(SALON),
    "starts_at": TOMORROW.isoformat().replace("+00:00", "Z"),
    "ends_at": TOMORROW.replace(hour=10).isoformat().replace("+00:00", "Z"),
    "capacity": 1,
}
ELSEWHERE = {
    "space_id": None,
    "place": "Botanical garden",
    "library_id": "00000000-0000-7000-8000-000000000001",
    "space_kind": "learning",
}


@dataclass
class Callers:
    client: FlaskClient
    uow: EventsUnitOfWork
    clock: SetClock

    def call(
        self,
        method: str,
        path: str,
        who: UUID | None = None,
        *,
        roles: tuple[str, ...] = ("patron",),
        body: Any = None,
        **headers: str,
    ) -> TestResponse:
        signed_in = {} if who is None else bearer(who, roles=roles, now=self.clock.now())
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.open(f"{BASE}{path}", method=method, json=body, headers=signed_in | sent)

    def organizer(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        return self.call(method, path, ORGANIZER, roles=("organizer",), body=body, **headers)

    def draft(self, **planned: Any) -> dict[str, Any]:
        answer = self.organizer(
            "POST", "/library-events", A_PLAN | planned, Idempotency_Key=str(uuid4())
        )
        assert answer.status_code == 201, answer.get_json()
        return answer.get_json()

    def grant_room(self, draft: dict[str, Any]) -> None:
        with self.uow:
            library_event = self.uow.library_events.lock(UUID(draft["id"]))
        assert library_event is not None
        room_granted(granted(library_event), uow=self.uow, clock=self.clock)

    def published(self, **planned: Any) -> str:
        draft = self.draft(**planned)
        if draft["space_id"]:
            self.grant_room(draft)
        answer = self.organizer("POST", f"/library-events/{draft['id']}/publish")
        assert answer.status_code == 200, answer.get_json()
        return draft["id"]

    def sign_up(self, activity: str, who: UUID, party: int = 1, key: str = "") -> TestResponse:
        path = f"/library-events/{activity}/registrations"
        body = {"party_size": party}
        return self.call("POST", path, who, body=body, Idempotency_Key=key or str(uuid4()))

    def read(self, registration: dict[str, Any], who: UUID) -> TestResponse:
        return self.call("GET", f"/registrations/{registration['id']}", who)

    def give_up(self, registration: dict[str, Any], who: UUID) -> TestResponse:
        etag = self.read(registration, who).headers["ETag"]
        return self.call("DELETE", f"/registrations/{registration['id']}", who, If_Match=etag)


def codes(answer: TestResponse) -> list[str]:
    """The codes of every rule that said no."""
    return [violation["code"] for violation in answer.get_json()["violations"]]

"""The events service, as the pages of those who run activities use it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gateway.clients.service import Request, ServiceClient

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OrganizingClient:
    """Plan, publish, open the door, read what came of it; raises ApiProblem or ServiceDown."""

    service: ServiceClient

    def mine(self, **wanted: Any) -> Json:
        """Return a page of what the visitor runs; filters as /library-events/mine takes them."""
        answer: Json = self.service.get("/library-events/mine", **wanted)
        return answer

    def draft(self, plan: Mapping[str, Any], *, key: str) -> Json:
        """Plan an activity; its room is asked for."""
        answer: Json = self.service.post("/library-events", dict(plan), key=key)
        return answer

    def read(self, library_event_id: UUID) -> tuple[Json, str]:
        """Return an activity and its version."""
        answer = self.service.ask(Request("GET", f"/library-events/{library_event_id}"))
        return answer.body, answer.etag or ""

    def change(self, library_event_id: UUID, changes: Mapping[str, Any], *, etag: str) -> None:
        """Change the version of a plan the visitor saw."""
        address = f"/library-events/{library_event_id}"
        self.service.ask(Request("PATCH", address, json=dict(changes), etag=etag))

    def discard(self, library_event_id: UUID, *, etag: str) -> None:
        """Throw a draft away."""
        self.service.ask(Request("DELETE", f"/library-events/{library_event_id}", etag=etag))

    def move(self, library_event_id: UUID, body: Mapping[str, Any], *, etag: str) -> None:
        """Ask to move the version of a published activity the visitor saw."""
        address = f"/library-events/{library_event_id}/move"
        self.service.ask(Request("POST", address, json=dict(body), etag=etag))

    def drop_move(self, library_event_id: UUID, *, etag: str) -> None:
        """Drop a move that is not settled."""
        address = f"/library-events/{library_event_id}/move"
        self.service.ask(Request("DELETE", address, etag=etag))

    def act(self, library_event_id: UUID, what: str, body: Json | None = None) -> Json:
        """Do one thing to an activity: publish, cancel, close, room, room/alternative."""
        answer: Json = self.service.post(f"/library-events/{library_event_id}/{what}", body)
        return answer

    def room(self, library_event_id: UUID) -> Json:
        """Return how it stands with the room, and every turn of the talk about it."""
        answer: Json = self.service.get(f"/library-events/{library_event_id}/room")
        return answer

    def results(self, library_event_id: UUID) -> Json:
        """Return from sign-ups to attendance, as it stands now."""
        answer: Json = self.service.get(f"/library-events/{library_event_id}/results")
        return answer

    def sign_ups(self, library_event_id: UUID, *, status: str = "", cursor: str = "") -> Json:
        """Return a page of who signed up, in order of arrival."""
        address = f"/library-events/{library_event_id}/registrations"
        answer: Json = self.service.get(address, status=status, cursor=cursor, limit=100)
        return answer

    def file(self, library_event_id: UUID, name: str) -> str:
        """Return a file for spreadsheets: registrations.csv or results.csv."""
        return self.service.text(f"/library-events/{library_event_id}/{name}")

    def latest_arrivals(self, library_event_id: UUID, limit: int) -> list[Json]:
        """Return who came in last, voided entries too."""
        address = f"/library-events/{library_event_id}/attendances"
        answer: Json = self.service.get(address, order="latest", limit=limit)
        items: list[Json] = answer["items"]
        return items

    def shown_code(self, library_event_id: UUID) -> Json:
        """Return the digits to show in the room now."""
        answer: Json = self.service.get(f"/library-events/{library_event_id}/attendance-code")
        return answer

    def let_in(self, library_event_id: UUID, body: Json) -> Json:
        """Let in by ticket, or by person."""
        return self.act(library_event_id, "attendances", body)

    def settle_scans(self, library_event_id: UUID, scans: list[Json]) -> list[Json]:
        """Send scans, made now or a while ago; each has an answer of its own."""
        answer = self.act(library_event_id, "scans", {"scans": scans})
        items: list[Json] = answer["items"]
        return items

    def take_back(self, attendance_id: UUID, reason: str) -> None:
        """Take back an attendance entered by mistake."""
        self.service.post(f"/attendances/{attendance_id}/void", {"reason": reason})

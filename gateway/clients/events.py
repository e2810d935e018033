"""The events service, as the pages use it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gateway.clients.service import Request, ServiceClient

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class EventsClient:
    """Activities and sign-ups; every method raises ApiProblem or ServiceDown."""

    service: ServiceClient

    def calendar(self, *, programme: str = "", cursor: str = "", limit: int = 20) -> Json:
        """Return a page of what has not ended yet, by start."""
        answer: Json = self.service.get(
            "/library-events", programme=programme, cursor=cursor, limit=limit
        )
        return answer

    def library_event(self, library_event_id: UUID) -> Json:
        """Return one activity."""
        answer: Json = self.service.get(f"/library-events/{library_event_id}")
        return answer

    def my_registrations(
        self, *, library_event_id: UUID | None = None, limit: int = 50
    ) -> list[Json]:
        """Return the visitor's sign-ups, the latest first."""
        wanted = str(library_event_id) if library_event_id else None
        answer: Json = self.service.get("/registrations", library_event=wanted, limit=limit)
        found: list[Json] = answer["items"]
        return found

    def registration(self, registration_id: UUID) -> Json:
        """Return a sign-up with what the waiting list decided about it."""
        answer: Json = self.service.get(f"/registrations/{registration_id}")
        return answer

    def ticket(self, registration_id: UUID) -> Json:
        """Return the ticket to the visitor's own sign-up."""
        answer: Json = self.service.get(f"/registrations/{registration_id}/ticket")
        return answer

    def sign_up(self, library_event_id: UUID, party_size: int, *, key: str) -> Json:
        """Sign up; the answer's `status` says confirmed or waitlisted."""
        address = f"/library-events/{library_event_id}/registrations"
        answer: Json = self.service.post(address, {"party_size": party_size}, key=key)
        return answer

    def give_up(self, registration_id: UUID) -> None:
        """Give up a place or a wait."""
        address = f"/registrations/{registration_id}"
        etag = self.service.ask(Request("GET", address)).etag
        self.service.ask(Request("DELETE", address, etag=etag))

    def answer_offer(self, registration_id: UUID, *, accept: bool) -> None:
        """Take an offered place, or pass it on."""
        self.service.post(f"/registrations/{registration_id}/{'accept' if accept else 'decline'}")

    def attend(self, library_event_id: UUID, code: str) -> Json:
        """Say with the code shown in the room that the visitor is there."""
        answer: Json = self.service.post(
            f"/library-events/{library_event_id}/attendance", {"code": code}
        )
        return answer

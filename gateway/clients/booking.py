"""The booking service, as the pages use it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gateway.clients.service import Download, Request, ServiceClient

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class BookingClient:
    """Spaces and reservations; every method raises ApiProblem or ServiceDown."""

    service: ServiceClient

    def availability(self, question: Mapping[str, Any], whom: UUID | None = None) -> Json:
        """Return where a stay fits: `question` as /availability takes it, instants included.

        Staff ask for `whom`, by that person's rules.
        """
        told = {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in question.items()
        }
        of_whom = f"/patrons/{whom}" if whom else ""
        answer: Json = self.service.get(f"{of_whom}/availability", **told)
        return answer

    def day(self, library_id: str, day: date, *, space_type: str = "", floor_id: str = "") -> Json:
        """Return a library's day: when each space is open, and when it is held."""
        answer: Json = self.service.get(
            "/grid",
            library=library_id,
            day=day.isoformat(),
            space_type=space_type,
            floor_id=floor_id,
        )
        return answer

    def library(self, library_id: UUID) -> Json:
        """Return a library."""
        answer: Json = self.service.get(f"/libraries/{library_id}")
        return answer

    def floors(self, library_id: str) -> list[Json]:
        """Return a library's floors from the ground up; a building has no more than a page."""
        answer: Json = self.service.get(f"/libraries/{library_id}/floors", limit=200)
        floors: list[Json] = answer["items"]
        return floors

    def reserve(self, wanted: Mapping[str, Any], *, key: str) -> Json:
        """Reserve: space_id, starts_at, ends_at, party_size; twice with one key books once."""
        answer: Json = self.service.post("/reservations", dict(wanted), key=key)
        return answer

    def my_reservations(
        self,
        *,
        ends_after: datetime | None = None,
        starts_before: datetime | None = None,
        newest_first: bool = False,
        cursor: str = "",
        limit: int = 30,
    ) -> Json:
        """Return a page of the visitor's reservations by start."""
        answer: Json = self.service.get(
            "/reservations",
            ends_after=ends_after.isoformat() if ends_after else None,
            starts_before=starts_before.isoformat() if starts_before else None,
            order="desc" if newest_first else "asc",
            cursor=cursor,
            limit=limit,
        )
        return answer

    def reservation(self, reservation_id: UUID) -> tuple[Json, str]:
        """Return a reservation and its version."""
        answer = self.service.ask(Request("GET", f"/reservations/{reservation_id}"))
        return answer.body, answer.etag or ""

    def change(self, reservation_id: UUID, changes: Mapping[str, Any], *, etag: str) -> None:
        """Change time or party of the version the visitor saw."""
        address = f"/reservations/{reservation_id}"
        self.service.ask(Request("PATCH", address, json=dict(changes), etag=etag))

    def cancel(self, reservation_id: UUID, *, etag: str) -> None:
        """Give a reservation up."""
        self.service.ask(Request("DELETE", f"/reservations/{reservation_id}", etag=etag))

    def check_in(self, reservation_id: UUID, code: str) -> None:
        """Arrive, with the digits shown at the space."""
        self.service.post(f"/reservations/{reservation_id}/check-in", {"code": code})

    def check_out(self, reservation_id: UUID) -> None:
        """Leave; the rest of the time is free for others."""
        self.service.ask(Request("POST", f"/reservations/{reservation_id}/check-out"))

    def as_calendar(self, reservation_id: UUID) -> Download:
        """Return a reservation as a file for calendar programs (RFC 5545)."""
        return self.service.file(f"/reservations/{reservation_id}.ics")

    def door(self, space_id: UUID, key: str) -> Json:
        """Return a space as the screen beside its door shows it; with its key, the code as well."""
        wanted = Request("GET", f"/spaces/{space_id}/door", headers={"Display-Key": key})
        answer: Json = self.service.ask(wanted).body
        return answer

    def new_feed_address(self) -> str:
        """Return the secret address of the visitor's calendar feed, shown this once."""
        answer: Json = self.service.ask(Request("POST", "/feed-keys")).body
        address: str = answer["url"]
        return address

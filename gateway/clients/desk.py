"""The booking service, as the staff's pages use it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.clients.service import Request, ServiceClient

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DeskClient:
    """The desk's day and what is done there; every method raises ApiProblem or ServiceDown."""

    service: ServiceClient

    def day(self, library_id: str, *, day: str, section: str = "", cursor: str = "") -> Json:
        """Return a library's day: how many in each section, and a page of one of them."""
        answer: Json = self.service.get(
            f"/libraries/{library_id}/desk", day=day, section=section, cursor=cursor
        )
        return answer

    def approvals(self, library_id: str, cursor: str = "") -> Json:
        """Return a page of the requests that wait, with their rivals."""
        answer: Json = self.service.get(f"/libraries/{library_id}/approvals", cursor=cursor)
        return answer

    def check_in(self, reservation_id: str) -> None:
        """Say that somebody is there."""
        self.service.post(f"/reservations/{reservation_id}/check-in", {})

    def cancel(self, reservation_id: str, reason: str) -> None:
        """Cancel somebody's reservation as it is now, and tell why."""
        address = f"/reservations/{reservation_id}"
        etag = self.service.ask(Request("GET", address)).etag
        self.service.ask(Request("DELETE", address, {"reason": reason}, etag=etag))

    def void_no_show(self, reservation_id: str, outcome: str, reason: str) -> None:
        """Take a no-show back: was_there or excused, and why."""
        body = {"outcome": outcome, "reason": reason}
        self.service.post(f"/reservations/{reservation_id}/void-no-show", body)

    def approve(self, reservation_id: str) -> None:
        """Say yes to a request."""
        self.service.post(f"/reservations/{reservation_id}/approve")

    def reject(self, reservation_id: str, reason: str) -> None:
        """Say no to a request, and why."""
        self.service.post(f"/reservations/{reservation_id}/reject", {"reason": reason})

    def walk_in(self, space_id: str, wanted: Mapping[str, Any], *, key: str) -> Json:
        """Give a space to somebody who is there."""
        answer: Json = self.service.post(f"/spaces/{space_id}/walk-ins", dict(wanted), key=key)
        return answer

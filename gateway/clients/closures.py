"""Closures and hours, as the staff's pages use them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.clients.service import Request, ServiceClient

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ClosuresClient:
    """When things are open; every method raises ApiProblem or ServiceDown."""

    service: ServiceClient

    def closures(self, library_id: str) -> list[Json]:
        """Return a library's closures, as many as a page holds, by first day."""
        answer: Json = self.service.get(f"/libraries/{library_id}/closures", limit=200)
        items: list[Json] = answer["items"]
        return items

    def look(self, library_id: str, closure: Mapping[str, Any], *, key: str) -> Json:
        """Return whom a closure would touch; nothing is closed."""
        address = f"/libraries/{library_id}/closures"
        looking = {"dry_run": "true"}
        report: Json = self.service.ask(
            Request("POST", address, looking, json=dict(closure), key=f"look-{key}")
        ).body
        return report

    def close(self, library_id: str, closure: Mapping[str, Any], *, key: str) -> Json:
        """Close."""
        address = f"/libraries/{library_id}/closures"
        report: Json = self.service.post(address, dict(closure), key=key)
        return report

    def undo(self, closure_id: str) -> None:
        """Open again."""
        self.service.ask(Request("DELETE", f"/closures/{closure_id}"))

    def zones(self, library_id: str) -> list[Json]:
        """Return a library's zones."""
        answer: Json = self.service.get(f"/libraries/{library_id}/zones", limit=200)
        items: list[Json] = answer["items"]
        return items

    def weekly(self, scope: str) -> tuple[Json, str]:
        """Return the weekly hours of a scope such as library/<id>, and their version."""
        answer = self.service.ask(Request("GET", f"/hours/{scope}/weekly"))
        return answer.body, answer.etag or ""

    def set_weekly(self, scope: str, days: list[Json], *, etag: str) -> None:
        """Set the weekly hours of the version that was read."""
        address = f"/hours/{scope}/weekly"
        self.service.ask(Request("PUT", address, json={"days": days}, etag=etag))

    def exceptions(self, scope: str) -> list[Json]:
        """Return the dated exceptions of a scope, as many as a page holds."""
        answer: Json = self.service.get(f"/hours/{scope}/exceptions", limit=200)
        items: list[Json] = answer["items"]
        return items

    def add_exception(self, scope: str, exception: Mapping[str, Any], *, key: str) -> None:
        """Say that some days are different."""
        self.service.post(f"/hours/{scope}/exceptions", dict(exception), key=key)

    def remove_exception(self, exception_id: str) -> None:
        """Let the usual hours hold again."""
        self.service.ask(Request("DELETE", f"/hours-exceptions/{exception_id}"))

    def import_calendar(self, scope: str, calendar: str, *, look: bool, key: str) -> Json:
        """Take closed days over from a calendar file, or only look what is in it."""
        body = {"calendar": calendar, "dry_run": look}
        address = f"/hours/{scope}/exceptions/import-calendar"
        report: Json = self.service.post(address, body, key=key)
        return report

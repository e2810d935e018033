"""The engagement service, as the pages use it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

from gateway.clients.service import Download, Request, ServiceClient

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class EngagementClient:
    """Suggestions, points and figures; every method raises ApiProblem or ServiceDown."""

    service: ServiceClient

    def suggestions(self, *, sort: str, mine: str = "", cursor: str = "", limit: int = 20) -> Json:
        """Return a page of suggestions; `mine`: only those made, supported or followed."""
        answer: Json = self.service.get(
            "/suggestions", sort=sort, mine=mine, cursor=cursor, limit=limit
        )
        return answer

    def suggestion(self, suggestion_id: UUID) -> Json:
        """Return one suggestion."""
        answer: Json = self.service.get(f"/suggestions/{suggestion_id}")
        return answer

    def look_alikes(self, text: str, library_id: UUID | None) -> list[Json]:
        """Return suggestions that say something like this, the likest first."""
        wanted = str(library_id) if library_id else None
        answer: Json = self.service.get(
            "/suggestions/look-alikes", text=text, library=wanted, limit=5
        )
        found: list[Json] = answer["items"]
        return found

    def submit(self, suggestion: Mapping[str, str], *, key: str) -> Json:
        """Make a suggestion: library_id, space_kind, title, body."""
        answer: Json = self.service.post("/suggestions", dict(suggestion), key=key)
        return answer

    def support(self, suggestion_id: UUID, *, withdraw: bool = False) -> None:
        """Stand behind a suggestion, or no longer."""
        method = "DELETE" if withdraw else "POST"
        address = f"/suggestions/{suggestion_id}/support"
        self.service.ask(Request(method, address, json=None if withdraw else {}))

    def follow(self, suggestion_id: UUID, *, stop: bool = False) -> None:
        """Hear of what becomes of a suggestion, or no longer."""
        address = f"/suggestions/{suggestion_id}/follow"
        self.service.ask(Request("DELETE" if stop else "POST", address))

    def answer(self, suggestion_id: UUID, said: Mapping[str, str], *, key: str) -> None:
        """Say as the library where a suggestion stands and why: stage, text."""
        self.service.post(f"/suggestions/{suggestion_id}/answers", dict(said), key=key)

    def my_points(self, *, cursor: str = "") -> Json:
        """Return the visitor's balance and a page of entries, newest first."""
        answer: Json = self.service.get("/my/points", cursor=cursor, limit=30)
        return answer

    def point_rules(self) -> list[Json]:
        """Return every version of every rule."""
        answer: Json = self.service.get("/point-rules")
        rules: list[Json] = answer["items"]
        return rules

    def choose_points(self, *, opted_out: bool) -> None:
        """Take part in points, or not."""
        self.service.ask(Request("PUT", "/my/points/choice", json={"opted_out": opted_out}))

    def metrics(self) -> list[Json]:
        """Return every metric's definition."""
        answer: Json = self.service.get("/metrics")
        found: list[Json] = answer["items"]
        return found

    def figure(self, metric_id: str, question: Mapping[str, str | None]) -> Json:
        """Return a figure: `question` holds from, to, and if wanted split, library."""
        answer: Json = self.service.get(f"/metrics/{_path(metric_id)}", **question)
        return answer

    def acts(self, metric_id: str, question: Mapping[str, str | None], cursor: str = "") -> Json:
        """Return a page of the acts a figure counts; `question` may name a cell."""
        answer: Json = self.service.get(
            f"/metrics/{_path(metric_id)}/acts", **question, cursor=cursor, limit=50
        )
        return answer

    def figures(self, question: Mapping[str, str | None]) -> list[Json]:
        """Return every metric's figure; `question` may name a cell of a split."""
        answer: Json = self.service.get("/figures", **question)
        found: list[Json] = answer["items"]
        return found

    def trend(self, metric_id: str, question: Mapping[str, str | None]) -> Json:
        """Return a figure over one period after another; `question` names the step."""
        answer: Json = self.service.get(f"/metrics/{_path(metric_id)}/trend", **question)
        return answer

    def report(self, path: str, question: Mapping[str, str | None]) -> Json:
        """Return a report: heat-map, funnels/booking, funnels/sign-up or unmet-demand."""
        answer: Json = self.service.get(f"/{path}", **question)
        return answer

    def terms(self, library_id: str) -> list[Json]:
        """Return a library's terms, the earliest first."""
        answer: Json = self.service.get("/terms", library=library_id)
        found: list[Json] = answer["items"]
        return found

    def keep_term(self, library_id: str, code: str, term: Mapping[str, str]) -> None:
        """Keep a term: name_zh, name_en, from, to; one of the same code is replaced."""
        address = f"/terms/{library_id}/{_path(code)}"
        self.service.ask(Request("PUT", address, json=dict(term)))

    def drop_term(self, library_id: str, code: str) -> None:
        """Forget a term."""
        self.service.ask(Request("DELETE", f"/terms/{library_id}/{_path(code)}"))

    def export(self, metric_id: str, ending: str, question: Mapping[str, str | None]) -> Download:
        """Return a figure as a file: csv or xlsx."""
        return self.service.file(f"/metrics/{_path(metric_id)}/export.{ending}", **question)

    def export_report(self, name: str, ending: str, question: Mapping[str, str | None]) -> Download:
        """Return a report by its name (starts, booking, ...) as a file: csv or xlsx."""
        return self.service.file(f"/reports/{_path(name)}/export.{ending}", **question)


def _path(word: str) -> str:
    """Quote a word from a visitor's address, so that it stays one step of the path."""
    return quote(word, safe="")

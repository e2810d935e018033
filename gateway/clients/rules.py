"""Rulebooks, as the staff's pages use them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.clients.service import ServiceClient

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RulesClient:
    """Rulebooks of a library; every method raises ApiProblem or ServiceDown."""

    service: ServiceClient

    def rulebooks(self, library_id: str) -> list[Json]:
        """Return every version of every rulebook, oldest first."""
        answer: Json = self.service.get("/rulebooks", library_id=library_id)
        items: list[Json] = answer["items"]
        return items

    def preview(self, draft: Mapping[str, Any]) -> Json:
        """Return whom a draft would touch."""
        answer: Json = self.service.post("/rulebooks/preview", dict(draft))
        return answer

    def publish(self, draft: Mapping[str, Any], *, key: str) -> Json:
        """Publish the next version."""
        answer: Json = self.service.post("/rulebooks", dict(draft), key=key)
        return answer

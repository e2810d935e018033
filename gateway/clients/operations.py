"""How a service stands and what lies on its desk, as administrators' pages use it."""

from dataclasses import dataclass
from typing import Any

from gateway.clients.service import ServiceClient

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OperationsClient:
    """What every service offers its administrators; raises ApiProblem or ServiceDown."""

    service: ServiceClient

    def how_it_stands(self) -> Json:
        """Return readiness, backlog, desk and gaps."""
        answer: Json = self.service.get("/operations")
        return answer

    def letters(self, *, status: str = "", cursor: str = "", limit: int = 30) -> Json:
        """Return a page of what could not be handled."""
        answer: Json = self.service.get("/dead-letters", status=status, cursor=cursor, limit=limit)
        return answer

    def letter(self, position: int) -> Json:
        """Return one wholly."""
        answer: Json = self.service.get(f"/dead-letters/{position}")
        return answer

    def replay(self, position: int) -> None:
        """Have one tried again."""
        self.service.post(f"/dead-letters/{position}/replay")

    def discard(self, position: int, reason: str) -> None:
        """Let one go."""
        self.service.post(f"/dead-letters/{position}/discard", {"reason": reason})

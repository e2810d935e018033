"""Every service's desk, the gateway's own included: that one is asked without going over HTTP."""

from typing import Any

import structlog

from gateway.clients.operations import OperationsClient
from gateway.pages import services, visitor
from gateway.parts import current_parts
from shared.messaging import desk
from shared.web.dead_letters import (
    SHORTEST_REASON,
    DeadLetterSchema,
    WholeDeadLetterSchema,
    list_letters,
)
from shared.web.problems import HttpProblem

Json = dict[str, Any]
OWN = "gateway"
LISTENING = ("booking", "events", "engagement", OWN)
_log = structlog.get_logger()


class OwnDesk:
    """The gateway's desk, with the methods of `OperationsClient`; raises NotFound."""

    def letters(self, *, status: str = "", cursor: str = "", limit: int = 30) -> Json:
        """Return a page of what could not be handled."""
        found = list_letters({"status": status or None, "cursor": cursor or None, "limit": limit})
        return {**found, "items": DeadLetterSchema(many=True).dump(found["items"])}

    def letter(self, position: int) -> Json:
        """Return one wholly."""
        with current_parts().engine.connect() as connection:
            told: Json = WholeDeadLetterSchema().dump(desk.parked_message(connection, position))
        return told

    def replay(self, position: int) -> None:
        """Have one tried again."""
        with current_parts().engine.begin() as connection:
            desk.replay(connection, position)
        self._note("dead_letter_replayed", position)

    def discard(self, position: int, reason: str) -> None:
        """Let one go; raises HttpProblem 422 without a reason."""
        if len(reason) < SHORTEST_REASON:
            raise HttpProblem("invalid_input", 422)
        with current_parts().engine.begin() as connection:
            desk.discard(connection, position, reason)
        self._note("dead_letter_discarded", position)

    def _note(self, what: str, position: int) -> None:
        patron = str(visitor.current_account().patron_id)
        _log.info(what, patron=patron, position=position)


def desk_of(service: str) -> OperationsClient | OwnDesk:
    """Return the desk of a service."""
    return OwnDesk() if service == OWN else services.operations(service)

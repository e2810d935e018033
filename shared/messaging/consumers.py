"""Which messages a service reacts to, declared where it can be listed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from shared.contracts.catalogue import LISTENERS
from shared.contracts.domain_event import DomainEvent
from shared.contracts.envelope import Envelope
from shared.persistence.transactions import JoinedTransactions


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message as it reaches a service: the envelope, and the transaction its effect goes into.

    Build the service's unit of work on `transactions`: its commit is the inbox's commit, and what
    it did without `commit()` is undone, as everywhere (whoever writes without a unit of work calls
    `transactions.commit()`).
    """

    envelope: Envelope
    transactions: JoinedTransactions


M = TypeVar("M", bound=DomainEvent)
Reaction = Callable[[Any, Delivery], None]


class Consumers:
    """The reactions of one service. `dependencies` is whatever the service's reactions need."""

    def __init__(self, service: str) -> None:
        """Collect the reactions of this service."""
        self.service = service
        self._reactions: dict[str, Reaction] = {}

    def on(
        self, message: type[M]
    ) -> Callable[[Callable[[M, Delivery], None]], Callable[[M, Delivery], None]]:
        """Declare a reaction; raises ValueError if the catalogue does not list the message."""
        if message not in LISTENERS[self.service]:
            msg = f"the catalogue does not say that {self.service} listens to {message.type}"
            raise ValueError(msg)

        def declare(reaction: Callable[[M, Delivery], None]) -> Callable[[M, Delivery], None]:
            if message.type in self._reactions:
                msg = f"{self.service} reacts twice to {message.type}"
                raise ValueError(msg)
            self._reactions[message.type] = reaction
            return reaction

        return declare

    def types(self) -> tuple[str, ...]:
        """Return the message types reacted to, sorted: the routing keys of the service's queue."""
        return tuple(sorted(self._reactions))

    def reaction_to(self, message_type: str) -> Reaction | None:
        """Return the reaction to a message type, or None."""
        return self._reactions.get(message_type)

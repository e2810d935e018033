"""Exchange, queues and bindings, all from the catalogue: one queue per listening service."""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.contracts.catalogue import LISTENERS, MESSAGES, SERVICES, publisher_of
from shared.messaging.ports import Bus


@dataclass(frozen=True, slots=True)
class ServiceQueue:
    """A listening service's queue and the patterns that bind it."""

    service: str
    name: str
    patterns: tuple[str, ...]
    """Message types; `publisher.#` where the service hears all its publisher says."""

    def hears(self, message_type: str) -> bool:
        """Tell whether a message type is bound to this queue."""
        return any(
            message_type.startswith(pattern.removesuffix("#"))
            if pattern.endswith("#")
            else message_type == pattern
            for pattern in self.patterns
        )

    @property
    def overflow(self) -> str:
        """Name the queue for messages the broker gave up delivering."""
        return f"{self.name}.overflow"


def queue_of(exchange: str, service: str) -> ServiceQueue:
    """Return a service's queue; raises KeyError for a service the catalogue does not know.

    A publisher heard wholly is bound by one pattern: PostgreSQL keeps 32 compiled expressions, and
    pgmq tries every binding for every message; with more than that each is compiled each time.
    """
    heard = set(LISTENERS[service])
    patterns: list[str] = []
    for publisher in SERVICES:
        said = {message for message in MESSAGES if publisher_of(message) == publisher}
        if said <= heard:
            patterns.append(f"{publisher}.#")
        else:
            patterns.extend(sorted(message.type for message in said & heard))
    return ServiceQueue(service, f"{exchange}.{service}", tuple(patterns))


def service_queues(exchange: str) -> Iterator[ServiceQueue]:
    """Go through the queues of every service that listens to anything."""
    for service, messages in LISTENERS.items():
        if messages:
            yield queue_of(exchange, service)


def declare(bus: Bus) -> None:
    """Make sure no message of any service can be published before its listeners' queues exist."""
    bus.declare()

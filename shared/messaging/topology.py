"""Exchange, queues and bindings, all from the catalogue: one queue per listening service."""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.contracts.catalogue import LISTENERS
from shared.messaging.ports import Bus


@dataclass(frozen=True, slots=True)
class ServiceQueue:
    """A listening service's queue and the message types bound to it."""

    service: str
    name: str
    types: tuple[str, ...]

    @property
    def overflow(self) -> str:
        """Name the queue for messages the broker gave up delivering."""
        return f"{self.name}.overflow"


def queue_of(exchange: str, service: str) -> ServiceQueue:
    """Return a service's queue; raises KeyError for a service the catalogue does not know."""
    types = tuple(sorted(message.type for message in LISTENERS[service]))
    return ServiceQueue(service, f"{exchange}.{service}", types)


def service_queues(exchange: str) -> Iterator[ServiceQueue]:
    """Go through the queues of every service that listens to anything."""
    for service, messages in LISTENERS.items():
        if messages:
            yield queue_of(exchange, service)


def declare(bus: Bus) -> None:
    """Make sure no message of any service can be published before its listeners' queues exist."""
    bus.declare()

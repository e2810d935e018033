"""The bus as the rest of messaging sees it: publish a batch, collect a batch, acknowledge it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message as it goes to the broker."""

    type: str
    """The routing key."""
    body: bytes
    """The envelope in JSON."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message as the broker delivers it; still the broker's until acknowledged."""

    body: bytes
    deliveries: int = 1
    """How often the broker has handed it out, this time included."""
    receipt: Any = field(default=None, repr=False, compare=False)
    """The broker's own handle of this delivery."""


class Publisher(Protocol):
    """A connection that publishes; used by one thread."""

    def publish(self, batch: Sequence[Outgoing]) -> frozenset[int]:
        """Hand the batch over and wait until the broker has all of it safely.

        Returns the indexes of the messages no queue is bound to; those are nowhere. Raises
        BrokerUnavailable when the broker did not confirm: then all of them must be published again.
        """
        ...

    def keep_alive(self) -> None:
        """Exchange heartbeats; raises BrokerUnavailable when the broker is gone."""
        ...


class Subscriber(Protocol):
    """A connection that consumes one service's queue; used by one thread."""

    def collect(self, most: int, seconds: float) -> list[Incoming]:
        """Wait up to so many seconds for a message, then take what is there, up to `most`.

        Raises BrokerUnavailable.
        """
        ...

    def acknowledge(self, batch: Sequence[Incoming]) -> None:
        """Tell the broker to forget these; raises BrokerUnavailable (then they come again)."""
        ...

    def overflow(self, most: int) -> list[Incoming]:
        """Take messages the broker gave up delivering; acknowledge them as any others."""
        ...

    def keep_alive(self) -> None:
        """Exchange heartbeats; raises BrokerUnavailable when the broker is gone."""
        ...


class Bus(Protocol):
    """The way to one broker; makes connections, holds none."""

    @property
    def exchange(self) -> str:
        """The name everything on the broker begins with."""
        ...

    def declare(self) -> None:
        """Make exchange, queues and bindings of every service; again is harmless."""
        ...

    def publisher(self) -> AbstractContextManager[Publisher]:
        """Open a connection to publish on."""
        ...

    def subscriber(self, service: str) -> AbstractContextManager[Subscriber]:
        """Open a connection to a service's queue."""
        ...

    def waiting(self, service: str) -> int:
        """Return how many messages wait in a service's queue."""
        ...

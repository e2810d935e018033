"""The bus moved by hand: every outbox published, every queue heard, until all is quiet."""

from collections.abc import Callable, Sequence

from shared.messaging import topology
from shared.messaging.reception import Reception
from shared.messaging.relay import Relay
from shared.messaging.worker import Worker

QUIET_SECONDS = 0.05


class BusByHand:
    """Does what the workers' threads do, in this thread and as far as it goes now."""

    def __init__(self, workers: Sequence[Worker]) -> None:
        """Move the messages of these workers' services; none of the workers is started."""
        if workers:  # all are on one bus; a queue must be there to be counted
            topology.declare(workers[0].bus)
        self._buses = {w.service: w.bus for w in workers}
        self._relays = {w.service: Relay(w.engine, w.bus, w.service) for w in workers}
        self._receptions = {
            w.service: Reception(w.engine, w.bus, w.consumers)
            for w in workers
            if w.consumers.types()
        }

    def move(self, tell: Callable[[int], None] | None = None) -> int:
        """Publish and hear until nothing comes any more; return how many messages that was.

        `tell` hears after each turn how many it were so far. Raises what relay and reception raise:
        loading stops at the first broken thing.
        """
        total = 0
        while moved := self._publish_all() + self._hear_all():
            total += moved
            if tell is not None:
                tell(total)
        return total

    def ask(self, asker: str, answerer: str) -> None:
        """Carry what one service has said to another, and the answers back; the rest can wait."""
        self._relays[asker].run_once()
        self._receptions[answerer].run_once(QUIET_SECONDS)
        self._relays[answerer].run_once()
        self._receptions[asker].run_once(QUIET_SECONDS)

    def _publish_all(self) -> int:
        return sum(relay.run_once() for relay in self._relays.values() if relay.has_work())

    def _hear_all(self) -> int:
        return sum(
            reception.run_once(QUIET_SECONDS)
            for service, reception in self._receptions.items()
            if self._buses[service].waiting(service)
        )

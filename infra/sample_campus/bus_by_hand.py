"""The bus moved by hand: every outbox published, every queue heard, until all is quiet."""

from collections.abc import Sequence

from shared.messaging.reception import Reception
from shared.messaging.relay import Relay
from shared.messaging.worker import Worker

QUIET_SECONDS = 0.05


class BusByHand:
    """Does what the workers' threads do, in this thread and as far as it goes now."""

    def __init__(self, workers: Sequence[Worker]) -> None:
        """Move the messages of these workers' services; none of the workers is started."""
        self._relays = {w.service: Relay(w.engine, w.bus, w.service) for w in workers}
        self._receptions = {
            w.service: Reception(w.engine, w.bus, w.consumers)
            for w in workers
            if w.consumers.types()
        }

    def move(self) -> int:
        """Publish and hear until nothing comes any more; return how many messages that was.

        Raises what relay and reception raise: loading stops at the first broken thing.
        """
        total = 0
        while moved := self._publish_all() + self._hear_all():
            total += moved
        return total

    def ask(self, asker: str, answerer: str) -> None:
        """Carry what one service has said to another, and the answers back; the rest can wait."""
        self._relays[asker].run_once()
        self._receptions[answerer].run_once(QUIET_SECONDS)
        self._relays[answerer].run_once()
        self._receptions[asker].run_once(QUIET_SECONDS)

    def _publish_all(self) -> int:
        return sum(relay.run_once() for relay in self._relays.values())

    def _hear_all(self) -> int:
        return sum(r.run_once(QUIET_SECONDS) for r in self._receptions.values())

"""The control's worker: acknowledges before it commits, or marks before it publishes."""

import signal
import sys
import threading
from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from infra.local.platform_parts import PARTS
from shared.kernel.stopping import stop_on_signals
from shared.messaging.ports import Incoming, Publisher, Subscriber
from shared.messaging.reception import Reception
from shared.messaging.relay import Relay
from shared.messaging.worker import Worker
from tests.support.bus_controls import RelayMarkingBeforePublishing

SLOW_SECONDS = 0.1  # a broker or a database that takes its time: ten kills then meet the gap

Loop = Callable[[threading.Event], None]


class ReceptionAcknowledgingFirst(Reception):
    """What it dies with, between acknowledgement and commit, is lost."""

    def _take_when_possible(
        self, batch: Sequence[Incoming], subscriber: Subscriber, stop: threading.Event
    ) -> None:
        del stop
        if batch:
            subscriber.acknowledge(batch)
            threading.Event().wait(SLOW_SECONDS)
            self.take(batch)


class SlowRelayMarkingFirst(RelayMarkingBeforePublishing):
    """What it has marked and not yet published when it dies is lost."""

    def _publish_stamped(self, connection: Connection, publisher: Publisher) -> int:
        return super()._publish_stamped(connection, SlowPublisher(publisher))


class SlowPublisher:
    """Waits, then publishes."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher

    def publish(self, batch: Sequence[object]) -> frozenset[int]:
        if batch:
            threading.Event().wait(SLOW_SECONDS)
        return self._publisher.publish(batch)  # type: ignore[arg-type]  # passed on as given

    def keep_alive(self) -> None:
        self._publisher.keep_alive()


class CarelessWorker(Worker):
    """A service's worker with its relay or its reception replaced."""

    def __init__(self, sound: Worker, control: str) -> None:
        self.__dict__.update(sound.__dict__)
        self._control = control

    def _loops(self) -> list[tuple[str, Loop]]:
        return [(name, self._replaced(loop)) for name, loop in super()._loops()]

    def _replaced(self, loop: Loop) -> Loop:
        sound = getattr(loop, "__self__", None)
        if self._control == "relay" and isinstance(sound, Relay):
            return SlowRelayMarkingFirst(self.engine, self.bus, self.service).run
        if self._control == "reception" and isinstance(sound, Reception):
            return ReceptionAcknowledgingFirst(self.engine, self.bus, self.consumers).run
        return loop


def main(control: str) -> None:
    """Run the workers of all parts until SIGTERM, one promise taken out of each."""
    stop = threading.Event()
    stop_on_signals(stop, signal.SIGTERM, signal.SIGINT)
    workers = [
        CarelessWorker(part.module("worker").build_worker(part.settings()), control)
        for part in PARTS
    ]
    threads = [threading.Thread(target=worker.run, args=(stop,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main(sys.argv[1])

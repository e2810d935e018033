"""A service's worker: relay, reception and jobs, each in a thread, until told to stop."""

import logging
import signal
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy import Engine

from shared.contracts.catalogue import LISTENERS
from shared.kernel.stopping import stop_on_signals
from shared.messaging.consumers import Consumers
from shared.messaging.desk import Desk
from shared.messaging.gaps import hears_everything, look_for_gaps
from shared.messaging.jobs import Job, keep_running
from shared.messaging.ports import Bus
from shared.messaging.reception import Reception
from shared.messaging.relay import Relay
from shared.messaging.retention import Retention, forget_old_messages
from shared.persistence.engine import most_connections

log = logging.getLogger("atrium.messaging")

KEEP_EVERYTHING = Retention()
WORKER_POOL = 20  # opened when they are needed; a worker of eight jobs and room for one more
STOP_SECONDS = 5.0
RETRY_EVERY_SECONDS = 1.0
GAPS_EVERY_SECONDS = 5.0
FORGET_EVERY_SECONDS = 3600.0


class Worker:
    """Everything a service does besides answering requests."""

    def __init__(
        self,
        consumers: Consumers,
        *,
        engine: Engine,
        bus: Bus,
        jobs: Sequence[Job] = (),
        retention: Retention = KEEP_EVERYTHING,
    ) -> None:
        """Compose the worker of the consumers' service; nothing is started or connected yet.

        Raises ValueError when the service does not react to all the catalogue says it hears, or
        when the engine's pool is smaller than what everything takes that may happen at once.
        """
        self.service = consumers.service
        self.engine = engine
        self.bus = bus
        self.consumers = consumers
        expected = {message.type for message in LISTENERS[self.service]}
        if unheard := expected - set(consumers.types()):
            msg = f"{self.service} has no reaction to {', '.join(sorted(unheard))}"
            raise ValueError(msg)
        self._listens = bool(expected)
        self.jobs = (*jobs, *self._forgetting(retention), *self._own_jobs())
        if most_connections(engine) < self.connections_needed:
            msg = (
                f"the worker of {self.service} may need {self.connections_needed} connections"
                f" at once, its pool lends {most_connections(engine)}"
            )
            raise ValueError(msg)

    @property
    def connections_needed(self) -> int:
        """One for the relay, one for the reception; a job has its lock's and that of its work."""
        return 1 + self._listens + 2 * len(self.jobs)

    def _forgetting(self, retention: Retention) -> list[Job]:
        if retention == KEEP_EVERYTHING:
            return []
        forget = partial(forget_old_messages, self.engine, retention)
        return [Job("forget old messages", FORGET_EVERY_SECONDS, forget)]

    def _own_jobs(self) -> list[Job]:
        if not self._listens:
            return []
        desk = Desk(self.engine, self.consumers)
        own = [Job("retry parked messages", RETRY_EVERY_SECONDS, desk.retry_due)]
        if hears_everything(self.service):
            own.append(Job("look for gaps", GAPS_EVERY_SECONDS, lambda: look_for_gaps(self.engine)))
        return own

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set, then end within five seconds; what was begun is begun again."""
        threads = [
            threading.Thread(target=target, args=(stop,), name=name, daemon=True)
            for name, target in self._loops()
        ]
        for thread in threads:
            thread.start()
        stop.wait()
        deadline = time.monotonic() + STOP_SECONDS
        for thread in threads:
            thread.join(max(deadline - time.monotonic(), 0))
            if thread.is_alive():
                log.warning("%s has not ended in %.0f s and is left", thread.name, STOP_SECONDS)
        self.engine.dispose()

    def _loops(self) -> list[tuple[str, Callable[[threading.Event], None]]]:
        relay = Relay(self.engine, self.bus, self.service)
        loops: list[tuple[str, Callable[[threading.Event], None]]] = [
            (f"{self.service} relay", relay.run)
        ]
        if self._listens:
            reception = Reception(self.engine, self.bus, self.consumers, self.service)
            loops.append((f"{self.service} reception", reception.run))
        loops.extend((f"{self.service} {job.name}", self._loop_of(job)) for job in self.jobs)
        return loops

    def _loop_of(self, job: Job) -> Callable[[threading.Event], None]:
        return lambda stop: keep_running(self.engine, self.service, job, stop)


def run_until_signalled(worker: Worker) -> None:
    """Run a worker until SIGTERM or SIGINT (Ctrl-C): for a command line's main thread."""
    stop = threading.Event()
    stop_on_signals(stop, signal.SIGTERM, signal.SIGINT)
    worker.run(stop)

"""One process that runs the workers of all four parts, a thread each."""

import logging
import os
import signal
import threading
from collections.abc import Callable

from setproctitle import setproctitle

from infra.local.platform_parts import PARTS
from shared.kernel.stopping import stop_on_signals

log = logging.getLogger("atrium.worker")


def main() -> None:
    """Run until SIGTERM; leave at once when one of the workers fails, so that all begin anew."""
    setproctitle("atrium: worker")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    stop = threading.Event()
    stop_on_signals(stop, signal.SIGTERM, signal.SIGINT)
    workers = [part.module("worker").build_worker(part.settings()) for part in PARTS]
    threads = [
        threading.Thread(target=_run, args=(part.name, worker.run, stop), name=part.name)
        for part, worker in zip(PARTS, workers, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _run(name: str, run: Callable[[threading.Event], object], stop: threading.Event) -> None:
    try:
        run(stop)
    except Exception:
        log.exception("the worker of %s failed", name)
    if not stop.is_set():
        # Not sys.exit: the other threads may be waiting for messages and must not hold us up.
        os._exit(1)


if __name__ == "__main__":
    main()

"""What happens by the clock: each job under a lock, so that one replica does it."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine

from shared.kernel.identifiers import lock_key
from shared.kernel.one_by_one import LeftUndone
from shared.messaging.endurance import persistently

log = logging.getLogger("atrium.messaging")


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do every so many seconds; doing it more often must be harmless."""

    name: str
    every_seconds: float
    run: Callable[[], object]


def run_job_once(engine: Engine, service: str, job: Job) -> bool:
    """Run a job unless another replica is at it; tell whether it was run.

    Raises what the job raises.
    """
    key = (lock_key("job", service, job.name),)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.exec_driver_sql("SELECT pg_try_advisory_lock(%s)", key).scalar_one():
            return False
        try:
            job.run()
        finally:
            connection.exec_driver_sql("SELECT pg_advisory_unlock(%s)", key)
    return True


def keep_running(engine: Engine, service: str, job: Job, stop: threading.Event) -> None:
    """Run a job again and again until told to stop; a failing one is logged and tried later."""

    def work(got_on: Callable[[], None]) -> None:
        while not stop.is_set():
            try:
                run_job_once(engine, service, job)
            except LeftUndone:  # it got to its end: it is due again when it always is
                log.exception("the job %s of %s has left something undone", job.name, service)
            got_on()
            stop.wait(job.every_seconds)

    persistently(f"the job {job.name} of {service}", work, stop)

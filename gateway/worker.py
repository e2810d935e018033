"""The gateway's worker: relay, timed jobs. It listens to nothing."""

from gateway.app import make_parts
from gateway.config import Settings
from gateway.jobs import jobs_of
from shared.kernel.clock import Clock, SystemClock
from shared.messaging.consumers import Consumers
from shared.messaging.worker import Worker


def build_worker(settings: Settings, *, clock: Clock | None = None) -> Worker:
    """Return the worker, ready to run."""
    parts = make_parts(settings, clock or SystemClock())
    return Worker(
        service="gateway",
        engine=parts.engine,
        broker_url=settings.broker_url,
        consumers=Consumers("gateway"),
        jobs=jobs_of(parts),
        exchange=settings.exchange,
    )

"""The engagement service's worker: relay, reception and timed jobs."""

from services.engagement.commands.record_act import Institution
from services.engagement.config import Settings
from services.engagement.consumers import build_consumers
from services.engagement.jobs import build_jobs
from services.engagement.persistence.unit_of_work import EngagementUnitOfWork
from shared.kernel.clock import Clock, SystemClock
from shared.messaging.bus import open_bus
from shared.messaging.worker import WORKER_POOL, Worker
from shared.persistence.engine import make_engine
from shared.web.idempotency_store import purge


def build_worker(settings: Settings, *, clock: Clock | None = None) -> Worker:
    """Return the worker; nothing is started or connected yet."""
    clock = clock or SystemClock()
    engine = make_engine(
        settings.database_url, pool_size=WORKER_POOL, application_name="atrium-engagement-worker"
    )
    return Worker(
        build_consumers(
            lambda shared: EngagementUnitOfWork(shared, clock=clock),
            institution=Institution(settings.ledger.pseudonyms(), settings.ledger.zone()),
            clock=clock,
        ),
        engine=engine,
        bus=open_bus(settings.broker_url, settings.exchange),
        jobs=build_jobs(forget_old_keys=lambda: purge(engine, clock=clock)),
        retention=settings.retention,
    )

"""The booking service's worker: relay, reception and timed jobs."""

from services.booking.config import Settings
from services.booking.consumers import build_consumers
from services.booking.jobs import build_jobs
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import Clock, SystemClock
from shared.messaging.bus import open_bus
from shared.messaging.worker import WORKER_POOL, Worker
from shared.persistence.engine import make_engine
from shared.persistence.transactions import OwnTransactions
from shared.web.idempotency_store import purge


def build_worker(settings: Settings, *, clock: Clock | None = None) -> Worker:
    """Return the worker; nothing is started or connected yet."""
    clock = clock or SystemClock()
    engine = make_engine(
        settings.database_url, pool_size=WORKER_POOL, application_name="atrium-booking-worker"
    )
    transactions = OwnTransactions(engine)
    return Worker(
        build_consumers(lambda shared: BookingUnitOfWork(shared, clock=clock), clock=clock),
        engine=engine,
        bus=open_bus(settings.broker_url, settings.exchange),
        jobs=build_jobs(
            uow=lambda: BookingUnitOfWork(transactions, clock=clock),
            clock=clock,
            forget_old_keys=lambda: purge(engine, clock=clock),
        ),
        retention=settings.retention,
    )

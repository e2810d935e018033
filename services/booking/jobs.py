"""What happens by the clock: no-shows are released, stays completed, open hours said."""

from collections.abc import Callable, Sequence

from services.booking.commands.complete_stays import complete_stays
from services.booking.commands.expire_requests import expire_requests
from services.booking.commands.finish_closures import finish_closures
from services.booking.commands.publish_capacity import publish_due_capacity
from services.booking.commands.release_no_shows import release_no_shows
from services.booking.domain.closure_ports import ClosingUnitOfWork
from shared.kernel.clock import Clock
from shared.messaging.jobs import Job

RELEASE_EVERY_SECONDS = 10.0
EXPIRE_EVERY_SECONDS = 10.0
CLOSE_EVERY_SECONDS = 5.0
COMPLETE_EVERY_SECONDS = 10.0
CAPACITY_EVERY_SECONDS = 60.0
KEYS_EVERY_SECONDS = 600.0


def build_jobs(
    *, uow: Callable[[], ClosingUnitOfWork], clock: Clock, forget_old_keys: Callable[[], object]
) -> Sequence[Job]:
    """Return the timed jobs; doing one more often than needed changes nothing."""
    return (
        Job(
            "release no-shows",
            RELEASE_EVERY_SECONDS,
            lambda: release_no_shows(uow=uow(), clock=clock),
        ),
        Job(
            "expire requests",
            EXPIRE_EVERY_SECONDS,
            lambda: expire_requests(uow=uow(), clock=clock),
        ),
        Job(
            "finish closures",
            CLOSE_EVERY_SECONDS,
            lambda: finish_closures(uow=uow(), clock=clock),
        ),
        Job(
            "complete stays",
            COMPLETE_EVERY_SECONDS,
            lambda: complete_stays(uow=uow(), clock=clock),
        ),
        Job(
            "publish capacity",
            CAPACITY_EVERY_SECONDS,
            lambda: publish_due_capacity(uow=uow(), clock=clock),
        ),
        Job("forget old idempotency keys", KEYS_EVERY_SECONDS, forget_old_keys),
    )

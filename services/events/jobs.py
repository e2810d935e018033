"""What happens by the clock: offers and draft holds run out, forgotten activities are closed."""

from collections.abc import Callable, Sequence

from services.events.commands.close_library_event import CloseOverdue, close_overdue
from services.events.commands.expire_draft_holds import expire_draft_holds
from services.events.commands.expire_offers import expire_offers
from services.events.config import Settings
from services.events.domain.ports import UnitOfWork
from shared.kernel.clock import Clock
from shared.messaging.jobs import Job

OFFERS_EVERY_SECONDS = 5.0
HOLDS_EVERY_SECONDS = 300.0
CLOSING_EVERY_SECONDS = 300.0
KEYS_EVERY_SECONDS = 600.0


def build_jobs(
    settings: Settings,
    *,
    uow: Callable[[], UnitOfWork],
    clock: Clock,
    forget_old_keys: Callable[[], object],
) -> Sequence[Job]:
    """Return the timed jobs; doing one more often than needed changes nothing."""
    overdue = CloseOverdue(after_hours=settings.close_after_hours)
    return (
        Job("expire offers", OFFERS_EVERY_SECONDS, lambda: expire_offers(uow=uow(), clock=clock)),
        Job(
            "expire draft holds",
            HOLDS_EVERY_SECONDS,
            lambda: expire_draft_holds(uow=uow(), clock=clock),
        ),
        Job(
            "close overdue activities",
            CLOSING_EVERY_SECONDS,
            lambda: close_overdue(overdue, uow=uow(), clock=clock),
        ),
        Job("forget old idempotency keys", KEYS_EVERY_SECONDS, forget_old_keys),
    )

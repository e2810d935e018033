"""What happens by the clock in engagement."""

from collections.abc import Callable, Sequence

from shared.messaging.jobs import Job

HOUR = 3600.0


def build_jobs(*, forget_old_keys: Callable[[], object]) -> Sequence[Job]:
    """Return the jobs."""
    return (Job("forget old idempotency keys", HOUR, forget_old_keys),)

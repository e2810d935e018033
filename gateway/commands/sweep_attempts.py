"""Forget failed sign-ins that no longer count."""

from gateway.domain.ports import UnitOfWork
from gateway.domain.sign_in_pause import FORGET_FAILURES_AFTER, REMEMBER_ADDRESS_FOR
from shared.kernel.clock import Clock


def sweep_attempts(*, uow: UnitOfWork, clock: Clock) -> int:
    """Drop counters whose failures and successes are both too old to matter; returns how many."""
    now = clock.now()
    with uow:
        dropped = uow.attempts.forget_before(
            now - FORGET_FAILURES_AFTER, now - REMEMBER_ADDRESS_FOR
        )
        uow.commit()
    return dropped

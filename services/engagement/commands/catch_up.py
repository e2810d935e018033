"""Hear what the ledger has missed, from the services' logs instead of the bus."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from services.engagement.commands.record_act import Institution, RecordAct, record_act
from services.engagement.domain.ports import UnitOfWork
from shared.contracts.domain_event import DomainEvent
from shared.contracts.envelope import Envelope
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """How many messages a log held, how many of them were new to the ledger, the first's number.

    `begins_at` is 1 (or None, when the log is empty) unless the service forgets old messages.
    """

    read: int
    new: int
    begins_at: int | None = None

    @property
    def gone(self) -> int:
        """How many messages the log no longer reaches back to."""
        return (self.begins_at or 1) - 1


def catch_up(
    log: Iterable[tuple[DomainEvent, Envelope]],
    *,
    uow: Callable[[], UnitOfWork],
    institution: Institution,
    clock: Clock,
) -> CaughtUp:
    """Keep every message of a log that the ledger lacks, each in a transaction of its own.

    Known ones change nothing, so that this may run beside the worker, and again.
    """
    read = new = 0
    begins_at = None
    for message, envelope in log:
        begins_at = begins_at or envelope.sequence
        command = RecordAct(message, envelope)
        new += record_act(command, uow=uow(), institution=institution, clock=clock)
        read += 1
    return CaughtUp(read, new, begins_at)

"""What engagement listens to: everything everybody says."""

from collections.abc import Callable

from services.engagement.commands.record_act import Institution, RecordAct, record_act
from services.engagement.domain.ports import UnitOfWork
from shared.contracts.catalogue import LISTENERS
from shared.contracts.domain_event import DomainEvent
from shared.kernel.clock import Clock
from shared.messaging.consumers import Consumers, Delivery
from shared.persistence.transactions import Transactions


def build_consumers(
    unit_of_work: Callable[[Transactions], UnitOfWork], *, institution: Institution, clock: Clock
) -> Consumers:
    """Return the reactions; ledger, facts and points change in the transaction of the message."""
    consumers = Consumers("engagement")

    def keep(message: DomainEvent, delivery: Delivery) -> None:
        record_act(
            RecordAct(message, delivery.envelope),
            uow=unit_of_work(delivery.transactions),
            institution=institution,
            clock=clock,
        )

    for message in LISTENERS["engagement"]:
        consumers.on(message)(keep)
    return consumers

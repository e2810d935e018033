"""A small listening service for tests of the bus: each message heard leaves a row in `effect`."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Engine

from shared.contracts.catalogue import LISTENERS
from shared.contracts.domain_event import DomainEvent
from shared.kernel.clock import SystemClock
from shared.messaging.broker_url import is_embedded
from shared.messaging.bus import open_bus
from shared.messaging.bus_pgmq import PgmqBus
from shared.messaging.consumers import Consumers, Delivery
from shared.messaging.ports import Bus
from shared.messaging.trace import current_traceparent
from shared.persistence.transactions import OwnTransactions
from shared.persistence.unit_of_work import SqlUnitOfWork

SOON = 2  # seconds after which the embedded broker hands out again what a dead consumer held

INSERT = "INSERT INTO effect (message_id, note) VALUES (%(id)s, %(note)s)"


def a_bus(broker_url: str, exchange: str) -> Bus:
    """Open a bus that does not take twenty seconds to notice a dead consumer."""
    if is_embedded(broker_url):
        return PgmqBus(broker_url, exchange, visibility_seconds=SOON)
    return open_bus(broker_url, exchange)


def leave_an_effect(message: DomainEvent, delivery: Delivery) -> None:
    """Write a row that a second hearing would write a second time."""
    del message
    with delivery.transactions.begin() as transaction:
        transaction.connection.exec_driver_sql(
            INSERT, {"id": delivery.envelope.id, "note": current_traceparent() or ""}
        )
        transaction.commit()


def listeners_of(
    service: str, reaction: Callable[[DomainEvent, Delivery], None] = leave_an_effect
) -> Consumers:
    """React in one way to everything a service listens to."""
    consumers = Consumers(service)
    for kind in LISTENERS[service]:
        consumers.on(kind)(reaction)
    return consumers


def say(engine: Engine, service: str, messages: Sequence[DomainEvent]) -> None:
    """Publish messages as a service does: through a unit of work of its own."""
    with SqlUnitOfWork(OwnTransactions(engine), service=service, clock=SystemClock()) as work:
        work.publish(*messages)
        work.commit()


def effects(engine: Engine) -> list[str]:
    """Return the ids of the messages whose effect is there, one entry for each effect, sorted."""
    with engine.connect() as connection:
        return _column(connection, "SELECT message_id::text FROM effect ORDER BY 1")


def said(engine: Engine) -> list[str]:
    """Return the ids of everything in the outbox, sorted."""
    with engine.connect() as connection:
        return _column(connection, "SELECT id::text FROM outbox ORDER BY 1")


def parked(engine: Engine) -> list[str]:
    """Return the statuses of what lies on the desk."""
    with engine.connect() as connection:
        return _column(connection, "SELECT status FROM parked_message ORDER BY position")


def _column(connection: Connection, statement: str) -> list[str]:
    return [row[0] for row in connection.exec_driver_sql(statement)]

"""One transaction: state and the messages about it commit together or not at all."""

from contextlib import AbstractContextManager
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from shared.contracts.domain_event import DomainEvent
from shared.kernel.clock import Clock
from shared.messaging import crash, outbox
from shared.persistence.transactions import Transaction, Transactions


class SqlUnitOfWork:
    """What every service's unit of work builds on; a service adds its repositories as properties.

    Used as a context manager. Leaving it without `commit()` undoes everything, messages included.
    """

    def __init__(self, transactions: Transactions, *, service: str, clock: Clock) -> None:
        """Work in transactions from this source and speak as this service."""
        self._transactions = transactions
        self._service = service
        self._clock = clock
        self._scope: AbstractContextManager[Transaction] | None = None
        self._transaction: Transaction | None = None

    def __enter__(self) -> Self:
        """Open the transaction."""
        self._scope = self._transactions.begin()
        self._transaction = self._scope.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the connection back; what was not committed is gone."""
        scope, self._scope, self._transaction = self._scope, None, None
        if scope is not None:
            scope.__exit__(kind, error, trace)

    @property
    def connection(self) -> Connection:
        """The connection inside the open transaction."""
        if self._transaction is None:
            msg = "a unit of work is used inside `with`"
            raise RuntimeError(msg)
        return self._transaction.connection

    def publish(self, *messages: DomainEvent) -> None:
        """Write messages to the outbox, in this same transaction."""
        outbox.write(self.connection, self._service, messages, now=self._clock.now())

    def commit(self) -> None:
        """Keep state and messages."""
        if self._transaction is None:
            msg = "a unit of work is used inside `with`"
            raise RuntimeError(msg)
        crash.point("outbox.before_commit")
        self._transaction.commit()
        crash.point("outbox.after_commit")

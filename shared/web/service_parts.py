"""What the views of every service work with; each service adds its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection

from shared.kernel.clock import Clock
from shared.persistence.transactions import Transactions


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceParts:
    """The clock, and where a view gets its transaction."""

    clock: Clock
    transactions: Transactions

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection; inside an idempotent view, the one that has made the change."""
        with self.transactions.begin() as transaction:
            yield transaction.connection

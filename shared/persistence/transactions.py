"""Where a unit of work gets its transaction: one of its own, or a share in one already open.

A web request with an Idempotency-Key and a consumer handling a message both hold a transaction
around the command, so that the command's effect and the key (or the inbox row) commit together.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from sqlalchemy import Connection, Engine, NestedTransaction


class Transaction(Protocol):
    """A connection inside a transaction."""

    @property
    def connection(self) -> Connection:
        """The connection to work on."""
        ...

    def commit(self) -> None:
        """Keep what was done (at once, or when the surrounding transaction commits)."""
        ...


class Transactions(Protocol):
    """A source of transactions."""

    def begin(self) -> AbstractContextManager[Transaction]:
        """Open a transaction; leaving without commit undoes it."""
        ...


class _OwnTransaction:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def commit(self) -> None:
        self.connection.commit()


class OwnTransactions:
    """Every unit of work gets a connection and a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        """Take connections from this engine's pool."""
        self._engine = engine

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        """Open a connection; its transaction begins with the first statement."""
        with self._engine.connect() as connection:
            yield _OwnTransaction(connection)


class JoinedTransactions:
    """Units of work share the connection of a transaction somebody else commits.

    Each keeps all it did or nothing, as in a transaction of its own. `committed` tells that at
    least one wanted to keep what it did.
    """

    def __init__(self, connection: Connection, start_over: Callable[[], object]) -> None:
        """Share this connection; `start_over` undoes everything since this was made.

        That is all there is to undo until something is to be kept, so that the first unit of work,
        which nearly always is the only one, needs no savepoint and its two round trips.
        """
        self.connection = connection
        self.committed = False
        self._start_over = start_over
        self._open = 0

    def commit(self) -> None:
        """Note that the work is to be kept; the owner of the transaction commits."""
        self.committed = True

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        """Lend the shared transaction; what is not committed is undone."""
        shared = _SharedTransaction(self.connection)
        others = self.committed or self._open
        savepoint = self.connection.begin_nested() if others else None
        self._open += 1
        try:
            yield shared
        finally:
            self._open -= 1
            self._end(shared, savepoint)

    def _end(self, shared: "_SharedTransaction", savepoint: NestedTransaction | None) -> None:
        if shared.committed:
            self.committed = True
            if savepoint is not None:
                savepoint.commit()
        elif not self.connection.invalidated:
            undo = self._start_over if savepoint is None else savepoint.rollback
            undo()


class _SharedTransaction:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.committed = False

    def commit(self) -> None:
        self.committed = True

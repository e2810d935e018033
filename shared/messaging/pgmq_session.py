"""One PostgreSQL connection for kombu's pgmq transport, so that a batch can be one transaction."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import psycopg


class _InBatch:
    """The connection while a batch is open: statements join the batch's transaction."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def execute(self, statement: Any, parameters: Any = None) -> psycopg.Cursor:
        return self._connection.execute(statement, parameters)

    def transaction(self) -> AbstractContextManager[None]:
        return nullcontext()


class PgmqSession:
    """What the pgmq client takes for its pool: a single connection, used by one thread.

    The client commits each statement by itself; inside `batch()` all of them commit together, with
    one flush to disk.
    """

    timeout = 5.0

    def __init__(self, conninfo: str) -> None:
        """Remember where to connect; the first use connects."""
        self._conninfo = conninfo
        self._connection: psycopg.Connection | None = None
        self._batch: _InBatch | None = None

    @contextmanager
    def connection(self) -> Iterator[Any]:
        """Lend the connection; commit afterwards unless a batch is open."""
        if self._batch is not None:
            yield self._batch
            return
        connection = self._open()
        with connection.transaction():
            yield connection

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Put every statement in one transaction; leaving by an error undoes all of them."""
        connection = self._open()
        with connection.transaction():
            self._batch = _InBatch(connection)
            try:
                yield
            finally:
                self._batch = None

    def lock(self, key: int) -> None:
        """Take an advisory lock until the open batch ends."""
        with self.connection() as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (key,))

    def close(self) -> None:
        """Close the connection, if there is one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _open(self) -> psycopg.Connection:
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(self._conninfo, prepare_threshold=2)
        return self._connection

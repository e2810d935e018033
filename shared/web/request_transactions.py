"""Where a view's unit of work gets its transaction: its Idempotency-Key's, or one of its own."""

from contextlib import AbstractContextManager

from flask import g, has_request_context
from sqlalchemy import Engine

from shared.persistence.transactions import JoinedTransactions, OwnTransactions, Transaction


class RequestTransactions:
    """Inside an idempotent view every unit of work shares the key's transaction."""

    def __init__(self, engine: Engine) -> None:
        """Take connections of views without a key from this engine."""
        self._own = OwnTransactions(engine)

    def begin(self) -> AbstractContextManager[Transaction]:
        """Join the request's open transaction, or open one; leaving without commit undoes it."""
        joined = joined_transactions()
        return self._own.begin() if joined is None else joined.begin()


def joined_transactions() -> JoinedTransactions | None:
    """Return the transaction the current request's Idempotency-Key holds open, if it does."""
    return g.get("joined_transactions") if has_request_context() else None

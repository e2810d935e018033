"""Let a service react to one message, so that its failure undoes nothing but itself."""

import logging

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from shared.messaging.consumers import Delivery
from shared.messaging.reading import Heard
from shared.messaging.trace import tracing
from shared.persistence.transactions import JoinedTransactions

log = logging.getLogger("atrium.messaging")

LONGEST_REASON = 2000


def handle(connection: Connection, heard: Heard) -> str | None:
    """React inside a savepoint; return None, or the reason why it failed and nothing was kept.

    As everywhere, what a unit of work did without `commit()` is undone. Raises SQLAlchemy's error
    when the database went away: then the whole transaction is gone and nothing is acknowledged.
    """
    transactions = JoinedTransactions(connection)
    savepoint = connection.begin_nested()
    try:
        with tracing(heard.envelope.traceparent):
            heard.reaction(heard.message, Delivery(heard.envelope, transactions))
        if transactions.committed:
            savepoint.commit()
        else:
            savepoint.rollback()
    except Exception as error:
        if _database_went_away(error, connection):
            raise
        savepoint.rollback()
        log.exception("message %s %s could not be handled", *heard.identity)
        return reason_of(error)
    return None


def reason_of(error: Exception) -> str:
    """Return one line for the operator; of a database's error without statement and values."""
    told = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return f"{type(told).__name__}: {told}".replace("\x00", "\\x00")[:LONGEST_REASON]


def _database_went_away(error: Exception, connection: Connection) -> bool:
    return connection.invalidated or (
        isinstance(error, DBAPIError) and error.connection_invalidated
    )

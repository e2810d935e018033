"""Let a service react to one message, so that its failure undoes nothing but itself."""

import logging

import psycopg.errors
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from shared.messaging.consumers import Delivery
from shared.messaging.reading import Heard
from shared.messaging.trace import tracing
from shared.persistence.transactions import JoinedTransactions

log = logging.getLogger("atrium.messaging")

LONGEST_REASON = 2000
PASSING_TROUBLE = (
    psycopg.errors.LockNotAvailable,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
    psycopg.errors.DiskFull,
    psycopg.errors.TooManyConnections,
    psycopg.errors.AdminShutdown,
    psycopg.errors.CrashShutdown,
    psycopg.errors.CannotConnectNow,
)


def handle(connection: Connection, heard: Heard) -> str | None:
    """React inside a savepoint; return None, or the reason why it failed and nothing was kept.

    As everywhere, what a unit of work did without `commit()` is undone. Raises SQLAlchemy's error
    when the database went away, or a lock was held too long: that is not the message's fault, so
    the whole transaction is left, nothing is acknowledged, and all of it is tried again.
    """
    savepoint = connection.begin_nested()

    def start_over() -> None:
        nonlocal savepoint
        savepoint.rollback()
        savepoint = connection.begin_nested()

    transactions = JoinedTransactions(connection, start_over)
    try:
        with tracing(heard.envelope.traceparent):
            heard.reaction(heard.message, Delivery(heard.envelope, transactions))
        if transactions.committed:
            savepoint.commit()
        else:
            savepoint.rollback()
    except Exception as error:
        if _is_nobodys_fault(error, connection):
            raise
        savepoint.rollback()
        log.exception("message %s %s could not be handled", *heard.identity)
        return reason_of(error)
    return None


def reason_of(error: Exception) -> str:
    """Return one line for the operator; of a database's error without statement and values."""
    told = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return f"{type(told).__name__}: {told}".replace("\x00", "\\x00")[:LONGEST_REASON]


def _is_nobodys_fault(error: Exception, connection: Connection) -> bool:
    """Tell an outage, or work that locks others out for a while (a rebuild), from a bad message."""
    if connection.invalidated:
        return True
    return isinstance(error, DBAPIError) and (
        error.connection_invalidated or isinstance(error.orig, PASSING_TROUBLE)
    )

"""Tell a database that is busy or away from a value it cannot hold, and both from our mistakes."""

import psycopg
from sqlalchemy.exc import DBAPIError

# PostgreSQL's own words for: away, restarting, too busy, waited too long, lost a race.
_BUSY = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.ReadOnlySqlTransaction)


def code_of(error: DBAPIError) -> tuple[str, int]:
    """Return the problem code and status a database error deserves."""
    if error.connection_invalidated or isinstance(error.orig, _BUSY):
        return "temporarily_unavailable", 503
    if isinstance(error.orig, psycopg.DataError):
        return "value_not_storable", 422
    return "internal_error", 500

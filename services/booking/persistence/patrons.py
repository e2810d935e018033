"""What booking knows of people, and the lock under which their quotas are counted."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from services.booking.domain.ports import Patron
from services.booking.persistence.catalogue import Version
from shared.kernel.identifiers import lock_key

# The usage is read by a later statement, whose snapshot then holds whatever the one before us
# committed. What rides along here is as old as this statement: where the lock is free, a moment;
# where it is not, the wait is a statement of its own, and all of it is read again after it.
LOCK = (
    "SELECT pg_try_advisory_xact_lock(%(key)s), c.version, c.xmin::text, p.patron_class, p.active"
    " FROM catalogue_version AS c LEFT JOIN patron AS p ON p.patron_id = %(patron_id)s"
)
WAIT = "SELECT pg_advisory_xact_lock(%(key)s)"
DESCRIBE = (
    "INSERT INTO patron (patron_id, patron_class, active, described_at)"
    " VALUES (%(patron_id)s, %(patron_class)s, %(active)s, %(at)s)"
    " ON CONFLICT (patron_id) DO UPDATE SET patron_class = excluded.patron_class,"
    " active = excluded.active, described_at = excluded.described_at"
    " WHERE patron.described_at <= excluded.described_at"
)
CLASS_OF = "SELECT patron_class FROM patron WHERE patron_id = %(patron_id)s"


def class_of(connection: Connection, patron_id: UUID) -> str:
    """Return a person's class, or no class as long as nobody has described them."""
    found = connection.exec_driver_sql(CLASS_OF, {"patron_id": patron_id}).scalar_one_or_none()
    return str(found or "")


class SqlPatrons:
    """People on a connection; see domain/ports.py."""

    def __init__(self, connection: Connection, tell_version: Callable[[Version], None]) -> None:
        """Work inside this connection's transaction; tell the catalogue's version in passing."""
        self._connection = connection
        self._tell_version = tell_version

    def lock(self, patron_id: UUID) -> Patron:
        """Return a person, with whose reservations nobody else deals until the end."""
        parameters = {"key": lock_key("patron", str(patron_id)), "patron_id": patron_id}
        row: Any = self._connection.exec_driver_sql(LOCK, parameters).one()
        if not row[0]:
            self._connection.exec_driver_sql(WAIT, parameters)
            row = self._connection.exec_driver_sql(LOCK, parameters).one()
        _, number, writer, patron_class, active = row
        self._tell_version((number, writer))
        return Patron(patron_id, patron_class, active is not False)

    def describe(self, patron: Patron, at: datetime) -> None:
        """Keep what was said about a person, unless something newer is known."""
        parameters = {
            "patron_id": patron.patron_id,
            "patron_class": patron.patron_class or "",
            "active": patron.active,
            "at": at,
        }
        self._connection.exec_driver_sql(DESCRIBE, parameters)

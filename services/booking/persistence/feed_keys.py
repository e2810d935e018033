"""The hashes of feed keys, as rows."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert

from services.booking.persistence.reservation_tables import FEED_KEY


class SqlFeedKeys:
    """Feed keys on a connection; see domain/inventory_ports.py."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def keep(self, patron_id: UUID, key_hash: bytes, at: datetime) -> None:
        """Insert or replace a person's key."""
        key = {"key_hash": key_hash, "created_at": at}
        row = insert(FEED_KEY).values(patron_id=patron_id, **key)
        self._connection.execute(row.on_conflict_do_update(index_elements=["patron_id"], set_=key))

    def remove(self, patron_id: UUID) -> bool:
        """Delete a person's key; tell whether there was one."""
        gone = FEED_KEY.delete().where(FEED_KEY.c.patron_id == patron_id)
        return bool(self._connection.execute(gone).rowcount)

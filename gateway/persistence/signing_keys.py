"""Signing keys in and out of their table."""

from sqlalchemy import Connection, delete, func, insert, select, update

from gateway.domain.signing_key import SigningKey
from gateway.persistence.tables import signing_key as table
from shared.kernel.identifiers import lock_key


class SqlSigningKeys:
    """The keys that sign access tokens, on one connection."""

    def __init__(self, connection: Connection) -> None:
        """Work in this transaction."""
        self._connection = connection

    def all_locked(self) -> list[SigningKey]:
        """Return every key; nobody else adds one until this transaction ends."""
        self._connection.execute(
            select(func.pg_advisory_xact_lock(lock_key("gateway", "signing keys")))
        )
        return all_keys(self._connection)

    def add(self, key: SigningKey) -> None:
        """Keep a new key."""
        row = {column.name: getattr(key, column.name) for column in table.columns}
        self._connection.execute(insert(table).values(row))

    def save(self, key: SigningKey) -> None:
        """Keep a changed end of publication."""
        self._connection.execute(
            update(table).where(table.c.kid == key.kid).values(published_until=key.published_until)
        )

    def remove(self, kid: str) -> None:
        """Destroy a key."""
        self._connection.execute(delete(table).where(table.c.kid == kid))


def all_keys(connection: Connection) -> list[SigningKey]:
    """Return every key, oldest first."""
    rows = connection.execute(select(table).order_by(table.c.signs_from, table.c.kid)).mappings()
    return [SigningKey(**row) for row in rows]

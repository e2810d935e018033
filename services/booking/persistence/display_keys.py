"""The keys of screens, as rows."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, select

from services.booking.domain.display_key import DisplayKey
from services.booking.persistence.reservation_tables import DISPLAY_KEY


class SqlDisplayKeys:
    """Display keys on a connection; see domain/inventory_ports.py."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def add(self, key: DisplayKey) -> None:
        """Insert."""
        values = {column.name: getattr(key, column.name) for column in DISPLAY_KEY.columns}
        self._connection.execute(DISPLAY_KEY.insert().values(values))

    def find(self, key_id: UUID) -> DisplayKey | None:
        """Return a key, or None."""
        found = select(DISPLAY_KEY).where(DISPLAY_KEY.c.id == key_id)
        row = self._connection.execute(found).one_or_none()
        return None if row is None else _key_from(row)

    def of_space(self, space_id: UUID) -> Sequence[DisplayKey]:
        """Return a space's keys, oldest first."""
        found = select(DISPLAY_KEY).where(DISPLAY_KEY.c.space_id == space_id)
        ordered = found.order_by(DISPLAY_KEY.c.created_at, DISPLAY_KEY.c.id)
        return [*map(_key_from, self._connection.execute(ordered))]

    def opens(self, key_hash: bytes, space_id: UUID) -> bool:
        """Tell whether a space has a key of this hash."""
        found = select(DISPLAY_KEY.c.id).where(
            DISPLAY_KEY.c.key_hash == key_hash, DISPLAY_KEY.c.space_id == space_id
        )
        return self._connection.execute(found).one_or_none() is not None

    def remove(self, key_id: UUID) -> None:
        """Delete."""
        self._connection.execute(DISPLAY_KEY.delete().where(DISPLAY_KEY.c.id == key_id))


def _key_from(row: Row[Any]) -> DisplayKey:
    return DisplayKey(**dict(row._mapping))  # noqa: SLF001  # SQLAlchemy's public name

"""What capacity was published for which day, as rows."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from services.booking.persistence.reservation_tables import CAPACITY_DAY


class SqlCapacityDays:
    """Published days on a connection; see domain/inventory_ports.py."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def digest(self, library_id: UUID, day: date) -> bytes | None:
        """Return the digest of what was said last about a day, or None."""
        found = select(CAPACITY_DAY.c.digest).where(
            CAPACITY_DAY.c.library_id == library_id, CAPACITY_DAY.c.day == day
        )
        return self._connection.execute(found).scalar_one_or_none()

    def keep(self, library_id: UUID, day: date, digest: bytes, at: datetime) -> None:
        """Note what was said about a day."""
        said = {"digest": digest, "published_at": at}
        row = insert(CAPACITY_DAY).values(library_id=library_id, day=day, **said)
        self._connection.execute(
            row.on_conflict_do_update(index_elements=["library_id", "day"], set_=said)
        )

"""The copy of the spaces as rows."""

from dataclasses import fields
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from services.events.domain.space import Space
from services.events.persistence.tables import space as table

_FIELDS = tuple(field.name for field in fields(Space))


class SqlSpaces:
    """Known spaces in PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def get(self, space_id: UUID) -> Space | None:
        """Return a space."""
        found = select(*(table.c[name] for name in _FIELDS)).where(table.c.id == space_id)
        row = self._connection.execute(found).first()
        return None if row is None else Space(**dict(zip(_FIELDS, row, strict=True)))

    def timezone_of(self, library_id: UUID) -> str | None:
        """Return a library's time zone, as the latest description of a space of it says."""
        found = (
            select(table.c.timezone)
            .where(table.c.library_id == library_id)
            .order_by(table.c.sequence.desc())
            .limit(1)
        )
        timezone: str | None = self._connection.scalar(found)
        return timezone

    def learn(self, space: Space, sequence: int) -> None:
        """Insert or update, unless a later description is known."""
        row = {name: getattr(space, name) for name in _FIELDS} | {"sequence": sequence}
        described = insert(table).values(row)
        self._connection.execute(
            described.on_conflict_do_update(
                index_elements=[table.c.id],
                set_={name: described.excluded[name] for name in row},
                where=table.c.sequence <= described.excluded.sequence,
            )
        )

"""Every version of every rulebook, as rows that are only ever added."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Table, func, select

from services.booking.domain import rulebook_body
from services.booking.domain.rulebook import Rulebook
from services.booking.domain.space import SPACE_TYPES
from services.booking.persistence.inventory_tables import FLOOR, LIBRARY, RULEBOOK, SPACE, ZONE
from shared.kernel.identifiers import lock_key


class SqlRulebooks:
    """Rulebooks on a connection; see domain/ports.py."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def find(self, rulebook_id: UUID | None) -> Rulebook | None:
        """Return a rulebook, or None."""
        if rulebook_id is None:
            return None
        found = select(RULEBOOK).where(RULEBOOK.c.id == rulebook_id)
        row = self._connection.execute(found).one_or_none()
        return None if row is None else rulebook_from(row)

    def of_library(self, library_id: UUID) -> Sequence[Rulebook]:
        """Return every version of every rulebook of a library, oldest first."""
        found = select(RULEBOOK).where(RULEBOOK.c.library_id == library_id)
        ordered = found.order_by(RULEBOOK.c.published_at, RULEBOOK.c.version)
        return [*map(rulebook_from, self._connection.execute(ordered))]

    def next_version(
        self, library_id: UUID, scope_type: str, scope_id: str, patron_class: str | None
    ) -> int:
        """Return the number the next version gets; nobody else can take it until the end."""
        key = lock_key("rulebook", str(library_id), scope_type, scope_id, patron_class or "")
        self._connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%(key)s)", {"key": key})
        newest = select(func.coalesce(func.max(RULEBOOK.c.version), 0)).where(
            RULEBOOK.c.library_id == library_id,
            RULEBOOK.c.scope_type == scope_type,
            RULEBOOK.c.scope_id == scope_id,
            RULEBOOK.c.patron_class.is_not_distinct_from(patron_class),
        )
        return int(self._connection.execute(newest).scalar_one()) + 1

    def publish(self, rulebook: Rulebook) -> None:
        """Insert a version."""
        names = [column.name for column in RULEBOOK.columns]
        values = {name: getattr(rulebook, name) for name in names}
        values["body"] = rulebook_body.plain(rulebook.body)
        self._connection.execute(RULEBOOK.insert().values(values))

    def scope_exists(self, library_id: UUID, scope_type: str, scope_id: str) -> bool:
        """Tell whether a library has such a scope."""
        if scope_type == "space_type":
            return scope_id in SPACE_TYPES and self._exists(LIBRARY, library_id, LIBRARY.c.id)
        try:
            named = UUID(scope_id)
        except ValueError:
            return False
        return {
            "library": lambda: named == library_id and self._exists(LIBRARY, named, LIBRARY.c.id),
            "zone": lambda: self._has_zone(library_id, named),
            "space": lambda: self._exists(
                SPACE, named, SPACE.c.id, SPACE.c.library_id == library_id
            ),
        }.get(scope_type, lambda: False)()

    def _has_zone(self, library_id: UUID, zone_id: UUID) -> bool:
        zones = select(ZONE.c.id).join(FLOOR, FLOOR.c.id == ZONE.c.floor_id)
        found = zones.where(ZONE.c.id == zone_id, FLOOR.c.library_id == library_id)
        return self._connection.execute(found).one_or_none() is not None

    def _exists(self, table: Table, identifier: UUID, column: Any, *conditions: Any) -> bool:
        found = select(table.c.id).where(column == identifier, *conditions)
        return self._connection.execute(found).one_or_none() is not None


def rulebook_from(row: Row[Any]) -> Rulebook:
    """Return the rulebook a row holds."""
    values = dict(row._mapping)  # noqa: SLF001  # SQLAlchemy's public name
    return Rulebook(**{**values, "body": rulebook_body.parse(values["body"])})

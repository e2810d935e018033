"""Facts in PostgreSQL: replaced thread by thread, always from the thread's acts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, delete, insert
from sqlalchemy.dialects.postgresql import Insert
from sqlalchemy.dialects.postgresql import insert as upsert

from services.engagement.domain.projection.project import TABLES
from services.engagement.domain.projection.surroundings import FactRows, Row
from services.engagement.domain.segment import Description, Segment
from services.engagement.domain.threads import kind_of
from services.engagement.persistence.fact_tables import FACT_TABLES

BY_NAME: Mapping[str, Table] = {table.name: table for table in FACT_TABLES}
WHOLE = frozenset({"capacity", "population"})
"""Threads whose later telling may have fewer rows than the one before."""

ZONE = (
    "SELECT timezone FROM space WHERE library_id = %s"
    " ORDER BY told_at DESC, told_sequence DESC, space_id DESC LIMIT 1"
)
ZONES = (
    "SELECT DISTINCT ON (library_id) library_id, timezone FROM space"
    " ORDER BY library_id, told_at DESC, told_sequence DESC, space_id DESC"
)
DESCRIPTIONS = (
    "SELECT pseudonym, told_at, told_sequence, message_id, faculty, level, study_year FROM segment"
)
OF_A_PERSON = ("stay", "registration", "attendance", "participation_act", "refusal")
OF_A_LIBRARY = (*OF_A_PERSON, "library_event")


class SqlFacts:
    """Rows of the fact tables."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def zone_of(self, library_id: UUID) -> str | None:
        """Return the library's IANA zone as last told by a space, or None."""
        zone: str | None = self._connection.exec_driver_sql(ZONE, (library_id,)).scalar()
        return zone

    def zones(self) -> Mapping[UUID, str]:
        """Return the zone of every library a space has told of."""
        rows = self._connection.exec_driver_sql(ZONES)
        return {row.library_id: row.timezone for row in rows}

    def histories(self) -> Mapping[str, Sequence[Description]]:
        """Return what was said of everybody."""
        histories: dict[str, list[Description]] = {}
        for row in self._connection.exec_driver_sql(DESCRIPTIONS):
            histories.setdefault(row.pseudonym, []).append(_description(row))
        return histories

    def replace(self, thread: str, rows: FactRows) -> None:
        """Put these rows where the thread's facts were."""
        kind = kind_of(thread)
        for name in TABLES[kind]:
            table = BY_NAME[name]
            if kind in WHOLE or not rows:  # a request given up is no stay after all
                self._connection.execute(delete(table).where(table.c.thread == thread))
            if rows.get(name):
                self._put(table, rows[name], new=kind in WHOLE)

    def add(self, name: str, rows: Sequence[Row]) -> None:
        """Insert rows of threads that have no facts yet."""
        self._put(BY_NAME[name], rows, new=True)

    def _put(self, table: Table, rows: Sequence[Row], *, new: bool) -> None:
        statement = insert(table) if new else _replacing(table)
        self._connection.execute(statement, [dict(row) for row in rows])

    def threads_of_person(self, pseudonym: str, since: datetime | None) -> Sequence[str]:
        """Return the threads with facts about a person from a quarter hour on."""
        later = "" if since is None else " AND quarter_hour >= %(since)s"
        return self._threads(
            OF_A_PERSON,
            f"pseudonym = %(pseudonym)s{later}",
            {"pseudonym": pseudonym, "since": since},
        )

    def threads_of_library(self, library_id: UUID) -> Sequence[str]:
        """Return the threads whose facts are placed in a library's days."""
        return self._threads(OF_A_LIBRARY, "library_id = %(library)s", {"library": library_id})

    def _threads(
        self, tables: Sequence[str], condition: str, parameters: dict[str, Any]
    ) -> Sequence[str]:
        parts = [f"SELECT thread FROM {table} WHERE {condition}" for table in tables]
        rows = self._connection.exec_driver_sql(" UNION ".join(parts), parameters)
        return sorted(row.thread for row in rows)

    def clear(self) -> None:
        """Forget all facts; readers see the old ones until the transaction commits."""
        for table in FACT_TABLES:
            self._connection.execute(delete(table))


@cache
def _replacing(table: Table) -> Insert:
    statement = upsert(table)
    changed = {c.name: statement.excluded[c.name] for c in table.c if not c.primary_key}
    keys = [c.name for c in table.primary_key]
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


def _description(row: Any) -> Description:
    told_at = (row.told_at, row.told_sequence, str(row.message_id))
    return Description(told_at, Segment(row.faculty, row.level, row.study_year))

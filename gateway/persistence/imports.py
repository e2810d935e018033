"""Reports of imports, and days of which the population was told, into their tables."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.dialects import postgresql

from gateway.domain.people_import import ImportedRow, PeopleImport
from gateway.persistence.tables import people_import, people_import_row, population_day
from shared.kernel.identifiers import lock_key


class SqlPeopleImports:
    """The reports of imports, on one connection."""

    def __init__(self, connection: Connection) -> None:
        """Work in this transaction."""
        self._connection = connection

    def alone(self) -> None:
        """Let no other import run until this transaction ends."""
        self._connection.execute(
            select(func.pg_advisory_xact_lock(lock_key("gateway", "people import")))
        )

    def add(self, report: PeopleImport) -> None:
        """Keep a report."""
        self._connection.execute(
            insert(people_import).values(
                import_id=report.import_id,
                imported_by=report.imported_by,
                file_name=report.file_name,
                imported_at=report.imported_at,
                **report.counts,
            )
        )
        if report.rows:
            rows = [_to_row(report.import_id, row) for row in report.rows]
            self._connection.execute(insert(people_import_row), rows)


def _to_row(import_id: UUID, row: ImportedRow) -> dict[str, Any]:
    return {
        "import_id": import_id,
        "line": row.line,
        "number": row.number.replace("\x00", "\N{REPLACEMENT CHARACTER}"),
        "outcome": row.outcome,
        "patron_id": row.patron_id,
        "violations": [
            {"code": violation.code, "numbers": dict(violation.numbers)}
            for violation in row.violations
        ],
    }


class SqlPopulationDays:
    """The days of which the population has been told, on one connection."""

    def __init__(self, connection: Connection) -> None:
        """Work in this transaction."""
        self._connection = connection

    def claim(self, day: date, snapshot_id: UUID, now: datetime) -> bool:
        """Note a day; False when it was noted before."""
        statement = (
            postgresql.insert(population_day)
            .values(day=day, snapshot_id=snapshot_id, told_at=now)
            .on_conflict_do_nothing()
            .returning(population_day.c.day)
        )
        return self._connection.execute(statement).one_or_none() is not None

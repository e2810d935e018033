"""Reports of people imports."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, select

from gateway.persistence.tables import people_import, people_import_row
from shared.kernel.refusal import NotFound


def recent_imports(
    engine: Engine, *, before: UUID | None, limit: int
) -> Sequence[Mapping[str, Any]]:
    """Return reports without their rows, newest first."""
    query = select(people_import).order_by(people_import.c.import_id.desc()).limit(limit)
    if before is not None:
        query = query.where(people_import.c.import_id < before)
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def import_report(engine: Engine, import_id: UUID) -> Mapping[str, Any]:
    """Return one report without its rows; raises NotFound."""
    query = select(people_import).where(people_import.c.import_id == import_id)
    with engine.connect() as connection:
        row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound
    return dict(row)


def import_rows(
    engine: Engine, import_id: UUID, *, outcome: str | None, after_line: int, limit: int
) -> Sequence[Mapping[str, Any]]:
    """Return rows of a report in the file's order, after a line."""
    table = people_import_row
    query = (
        select(table)
        .where(table.c.import_id == import_id, table.c.line > after_line)
        .order_by(table.c.line)
        .limit(limit)
    )
    if outcome:
        query = query.where(table.c.outcome == outcome)
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]

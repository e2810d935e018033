"""From a figure down to the acts it counts: no person, no time finer than a quarter hour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from services.engagement.domain import errors
from services.engagement.domain.disclosure import GROUP_SPLITS
from services.engagement.domain.figure import SUPPRESSED
from services.engagement.queries.figure_statements import compiled_acts, over_periods
from services.engagement.queries.figures import (
    Disclosure,
    Question,
    figure_for,
    metric_and_split,
)

LISTED = "cell, source, message_id, type, quarter_hour, library_id, space_id, space_kind, amount"
Place = tuple[datetime, str, UUID]
"""Where a page ended: quarter hour, source, message id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Which part of the list is wanted."""

    cell: str | None = None
    after: Place | None = None
    limit: int = 50


def acts_behind(
    connection: Connection, question: Question, page: Page, disclosure: Disclosure
) -> Sequence[Mapping[Any, Any]]:
    """Return up to `limit` + 1 counted acts; the sum of all their amounts is the numerator.

    Raises what `figure_for` raises, SplitNeeded for a cell without a split, and CellSuppressed for
    a cell the figure holds back. Acts of a group of people do not say in which space they were.
    """
    metric, split = metric_and_split(question)
    _check_may_see(connection, question, split, page.cell, disclosure)
    quarter, source, message_id = page.after or (None, None, None)
    parameters = {
        **question.scope,
        "cell": page.cell,
        "quarter": quarter,
        "source": source,
        "message": message_id,
        "limit": page.limit + 1,
    }
    statement = over_periods(compiled_acts(metric.definition.id, split, "postgres"))
    found = connection.exec_driver_sql(_paged(statement), parameters).mappings().all()
    if split in GROUP_SPLITS:
        return [{**row, "space_id": None} for row in found]
    return found


def _paged(statement: str) -> str:
    return (
        f"SELECT {LISTED} FROM ({statement}) AS counted"
        " WHERE (CAST(%(cell)s AS text) IS NULL OR cell = %(cell)s)"
        " AND (CAST(%(message)s AS uuid) IS NULL OR (quarter_hour, source, message_id)"
        " > (CAST(%(quarter)s AS timestamptz), CAST(%(source)s AS text),"
        " CAST(%(message)s AS uuid)))"
        " ORDER BY quarter_hour, source, message_id LIMIT %(limit)s"
    )


def _check_may_see(
    connection: Connection,
    question: Question,
    split: str | None,
    cell: str | None,
    disclosure: Disclosure,
) -> None:
    if cell is not None and split is None:
        raise errors.SplitNeeded
    told = figure_for(connection, question, disclosure)
    wanted = [c for c in told.cells if cell is None or c.cell == cell]
    if any(c.reason == SUPPRESSED for c in wanted):
        raise errors.CellSuppressed(people=disclosure.hide_below)

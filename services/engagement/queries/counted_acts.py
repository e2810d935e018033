"""From a figure down to the acts it counts: no person, no time finer than a quarter hour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from services.engagement.domain import errors
from services.engagement.domain.figure import SUPPRESSED
from services.engagement.queries.figures import (
    Question,
    bound,
    compiled_acts,
    figure_for,
    metric_and_split,
)

Place = tuple[datetime, str, UUID]
"""Where a page ended: quarter hour, source, message id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Which part of the list is wanted."""

    cell: str | None = None
    after: Place | None = None
    limit: int = 50


def acts_behind(
    connection: Connection, question: Question, page: Page, *, hide_below: int
) -> Sequence[Mapping[Any, Any]]:
    """Return up to `limit` + 1 counted acts; the sum of all their amounts is the numerator.

    Raises what `figure_for` raises, SplitNeeded for a cell without a split, and CellSuppressed for
    a cell the figure holds back.
    """
    metric, split = metric_and_split(question)
    _check_may_see(connection, question, split, page.cell, hide_below=hide_below)
    quarter, source, message_id = page.after or (None, None, None)
    parameters = {
        **question.scope,
        "cell": page.cell,
        "quarter": quarter,
        "source": source,
        "message": message_id,
        "limit": page.limit + 1,
    }
    statement = bound(compiled_acts(metric.definition.id, split, "postgres"))
    return connection.exec_driver_sql(_paged(statement), parameters).mappings().all()


def _paged(statement: str) -> str:
    return (
        f"SELECT * FROM ({statement}) AS counted"
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
    *,
    hide_below: int,
) -> None:
    if cell is not None and split is None:
        raise errors.SplitNeeded
    if split is None:
        return
    told = figure_for(connection, question, hide_below=hide_below)
    wanted = [c for c in told.cells if cell is None or c.cell == cell]
    if any(c.reason == SUPPRESSED for c in wanted):
        raise errors.CellSuppressed(people=hide_below)

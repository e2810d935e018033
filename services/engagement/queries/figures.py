"""Figures, live from the facts: compiled once per metric and split, run with the period bound."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Connection

from services.engagement.domain import errors
from services.engagement.domain.figure import Cell, Figure, told

if TYPE_CHECKING:
    from services.engagement.domain.metrics.definition import Definition, Metric

LONGEST_DAYS = 3660
SCOPE = (
    "scope AS (SELECT CAST(%(since)s AS date) AS since, CAST(%(until)s AS date) AS until,"
    " CAST(%(middle)s AS date) AS middle, CAST(%(library_id)s AS uuid) AS library_id)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which metric, over which local days (both included), split how, for one library or all."""

    metric_id: str
    first_day: date
    last_day: date
    split: str | None = None
    library_id: UUID | None = None

    @property
    def scope(self) -> dict[str, Any]:
        """Return the parameters of the compiled statements; raises PeriodInvalid."""
        days = (self.last_day - self.first_day).days + 1
        if not 1 <= days <= LONGEST_DAYS:
            raise errors.PeriodInvalid(most_days=LONGEST_DAYS)
        return {
            "since": self.first_day,
            "until": self.last_day + timedelta(days=1),
            "middle": self.first_day + timedelta(days=(days - 1) // 2),
            "library_id": self.library_id,
        }


def definitions() -> Sequence["Definition"]:
    """Return the words of every metric."""
    from services.engagement.domain.metrics.catalogue import METRICS  # noqa: PLC0415 Ibis takes 0.15 s and 40 MB that a process without figures never needs

    return [metric.definition for metric in METRICS.values()]


def metric_and_split(question: Question) -> tuple["Metric", str | None]:
    """Return what is asked for; raises MetricNotFound, SplitMeaningless."""
    from services.engagement.domain.metrics import catalogue  # noqa: PLC0415 as in `definitions`

    metric = catalogue.metric_named(question.metric_id)
    return metric, catalogue.split_for(metric, question.split)


def figure_for(connection: Connection, question: Question, *, hide_below: int) -> Figure:
    """Compute a figure; cells behind which stand fewer than `hide_below` people are held back.

    Raises MetricNotFound, SplitMeaningless, PeriodInvalid.
    """
    metric, split = metric_and_split(question)
    statement = compiled_figures(metric.definition.id, split, "postgres")
    rows = connection.exec_driver_sql(bound(statement), question.scope).mappings()
    cells = [Cell(**{**row, **_whole(row)}) for row in rows]
    return told(
        cells,
        split=split,
        scale=metric.definition.scale,
        empty=metric.definition.empty,
        hide_below=hide_below,
    )


def _whole(row: Any) -> dict[str, int]:
    return {name: int(value) for name, value in row.items() if name != "cell"}


@lru_cache(maxsize=256)
def compiled_figures(metric_id: str, split: str | None, dialect: str) -> str:
    """Return the SQL of a metric's figures over `scope` in a dialect Ibis knows."""
    import ibis  # noqa: PLC0415 as in `definitions`

    from services.engagement.domain.metrics import catalogue, facts, figure  # noqa: PLC0415 as above

    metric = catalogue.metric_named(metric_id)
    expression = figure.figures(metric, facts.unbound_facts(), split)
    return str(ibis.to_sql(expression, dialect=dialect))


@lru_cache(maxsize=256)
def compiled_acts(metric_id: str, split: str | None, dialect: str) -> str:
    """Return the SQL of the acts a metric's numerator counts."""
    import ibis  # noqa: PLC0415 as in `definitions`

    from services.engagement.domain.metrics import catalogue, facts, figure  # noqa: PLC0415 as above

    metric = catalogue.metric_named(metric_id)
    expression = figure.counted_acts(metric, facts.unbound_facts(), split)
    return str(ibis.to_sql(expression, dialect=dialect))


def bound(statement: str) -> str:
    """Return the statement with the question put in as the one-row table `scope`."""
    escaped = statement.replace("%", "%%")
    if escaped.startswith("WITH "):
        return f"WITH {SCOPE}, {escaped.removeprefix('WITH ')}"
    return f"WITH {SCOPE} {escaped}"


def as_plain(figure: Figure) -> dict[str, Any]:
    """Return the figure as plain values, for exports."""
    return asdict(figure)

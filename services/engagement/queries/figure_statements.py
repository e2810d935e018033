"""The SQL of figures: compiled once per metric and split, run over many periods at once."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

SCOPE = (
    "scope AS (SELECT period.since, period.until, period.middle,"
    " CAST(%(library_id)s AS uuid) AS library_id)"
)
PERIODS = (
    "unnest(CAST(%(since)s AS date[]), CAST(%(until)s AS date[]), CAST(%(middle)s AS date[]))"
    " WITH ORDINALITY AS period (since, until, middle, nth)"
)
# The same figure without its first or its last week with anybody in it would differ by these.
EDGES = """
SELECT cell, min(persons) AS edge_persons
FROM (SELECT cell, persons,
             row_number() OVER (PARTITION BY cell, part ORDER BY week) AS place,
             row_number() OVER (PARTITION BY cell, part ORDER BY week DESC) AS place_from_end
      FROM (SELECT cell, part, date_trunc('week', day) AS week, count(DISTINCT person) AS persons
            FROM ({presences}) AS present GROUP BY cell, part, date_trunc('week', day)) AS weeks
     ) AS placed
WHERE place = 1 OR place_from_end = 1 GROUP BY cell
"""


def over_periods(statement: str) -> str:
    """Return the statement run for each period of the question; `nth` counts them from 1.

    Every period sees itself as the one-row table `scope`, so that a figure in a trend is the same
    computation as the figure alone.
    """
    return (
        f"SELECT period.nth, found.* FROM {PERIODS}"
        f" CROSS JOIN LATERAL ({_scoped(statement)}) AS found"
    )


def _scoped(statement: str) -> str:
    escaped = statement.replace("%", "%%")
    if escaped.startswith("WITH "):
        return f"WITH {SCOPE}, {escaped.removeprefix('WITH ')}"
    return f"WITH {SCOPE} {escaped}"


def compiled_edges(metric_id: str, split: str | None) -> str:
    """Return the SQL of how many people stand behind the first and the last week of each cell."""
    presences = compiled_presences(metric_id, split, "postgres")
    if not presences.startswith("WITH "):
        return EDGES.format(presences=presences)
    return EDGES.format(presences=f"SELECT * FROM ({presences}) AS listed")


def compiled_figures(metric_id: str, split: str | None, dialect: str) -> str:
    """Return the SQL of a metric's figures over `scope` in a dialect Ibis knows."""
    return _compiled("figures", metric_id, split, dialect)


def compiled_acts(metric_id: str, split: str | None, dialect: str) -> str:
    """Return the SQL of the acts a metric's numerator counts."""
    return _compiled("counted_acts", metric_id, split, dialect)


def compiled_presences(metric_id: str, split: str | None, dialect: str) -> str:
    """Return the SQL of who stands behind a metric's cells on which day."""
    return _compiled("presences", metric_id, split, dialect)


@lru_cache(maxsize=512)
def _compiled(expression: str, metric_id: str, split: str | None, dialect: str) -> str:
    import ibis  # noqa: PLC0415 Ibis takes 0.15 s and 40 MB that a process without figures never needs

    from services.engagement.domain.metrics import catalogue, facts, figure  # noqa: PLC0415 as above

    build: Callable[..., Any] = getattr(figure, expression)
    metric = catalogue.metric_named(metric_id)
    return str(ibis.to_sql(build(metric, facts.unbound_facts(), split), dialect=dialect))

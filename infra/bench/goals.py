"""What the measured medians are held against, and how they came out."""

from collections.abc import Iterator, Mapping
from typing import Any

AT_LEAST = {"created_per_1000_pgbench_tps": 120.0}
# In milliseconds, whatever the machine: a slow one may miss these while the ratio above holds.
AT_MOST = {"creation_p99_ms": 50.0, "week_p50_ms": 20.0}


def verdicts(report: Mapping[str, Any]) -> Iterator[str]:
    """Say of each goal whether the report's median met it."""
    for figure, limit in AT_LEAST.items():
        yield _said(figure, report[figure], "at least", limit, met=report[figure] >= limit)
    for figure, limit in AT_MOST.items():
        yield _said(figure, report[figure], "at most", limit, met=report[figure] <= limit)


def _said(figure: str, value: float, bound: str, limit: float, *, met: bool) -> str:
    return f"{'met' if met else 'MISSED'}: {figure} {value:.1f}, {bound} {limit:g}"

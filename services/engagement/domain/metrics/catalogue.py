"""All metrics, by id."""

from collections.abc import Mapping
from types import MappingProxyType

from services.engagement.domain import errors
from services.engagement.domain.metrics.activities import M01, M16, M17, M19
from services.engagement.domain.metrics.balance import M36A, M36B, M36C
from services.engagement.domain.metrics.commitment import M18
from services.engagement.domain.metrics.definition import Metric
from services.engagement.domain.metrics.occupancy import M05A, M05B, M06, M07
from services.engagement.domain.metrics.reach import M10, M24

METRICS: Mapping[str, Metric] = MappingProxyType(
    {
        metric.definition.id: metric
        for metric in (M01, M05A, M05B, M06, M07, M10, M16, M17, M18, M19, M24, M36A, M36B, M36C)
    }
)
PUBLISHED: Mapping[str, str] = MappingProxyType({"M05": "M05b", "M36": "M36a"})
"""Which variant answers to the plain number."""


def metric_named(metric_id: str) -> Metric:
    """Return a metric; raises MetricNotFound."""
    try:
        return METRICS[PUBLISHED.get(metric_id, metric_id)]
    except KeyError:
        raise errors.MetricNotFound(metric=metric_id) from None


def split_for(metric: Metric, split: str | None) -> str | None:
    """Return the split to use; raises SplitMeaningless for one the metric cannot be told by.

    A metric that is nothing but shares of space kinds is always split by them.
    """
    allowed = metric.definition.splits
    if split is None:
        return "space_kind" if metric.definition.id.startswith("M36") else None
    if split not in allowed:
        raise errors.SplitMeaningless(
            metric=metric.definition.id, split=split, possible=", ".join(allowed)
        )
    return split

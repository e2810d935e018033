"""From a metric's expressions to one table of figures, and to the list of what they count."""

from typing import Any

import ibis

from services.engagement.domain.metrics.definition import Metric
from services.engagement.domain.metrics.facts import Facts

PARTS = ("numerator", "denominator", "persons", "base_persons", "unmeasured")


def figures(metric: Metric, facts: Facts, split: str | None) -> Any:
    """Return, per cell, summed numerator and denominator and what is needed to read them.

    `persons` and `base_persons`: how many distinct people stand behind either; small numbers are
    held back at the edge. `unmeasured`: activities whose attendance nobody took.
    """
    counted = metric.counted(facts, split)
    base = metric.base(facts, split)
    parts = [
        _part(counted, numerator=counted.amount.sum(), persons=counted.person.nunique()),
        _part(base, denominator=base.amount.sum(), base_persons=base.person.nunique()),
    ]
    if metric.unmeasured is not None:
        missing = metric.unmeasured(facts, split)
        parts.append(_part(missing, unmeasured=missing.amount.sum()))
    stacked = ibis.union(*parts)
    sums = {name: stacked[name].sum().cast("int64") for name in PARTS}
    return stacked.group_by("cell").aggregate(**sums)


def _part(table: Any, **sums: Any) -> Any:
    grouped = table.group_by("cell").aggregate(**sums)
    zero = ibis.literal(0, "int64")
    columns = {n: grouped[n].cast("int64") if n in sums else zero for n in PARTS}
    return grouped.select(cell=grouped.cell, **columns)


def counted_acts(metric: Metric, facts: Facts, split: str | None) -> Any:
    """Return the acts behind the numerator as the ledger has them; nobody's pseudonym."""
    counted = metric.counted(facts, split).drop("person")
    acts = facts.act
    joined = counted.inner_join(acts, ["source", "message_id"])
    return joined.select(
        "cell",
        "source",
        "message_id",
        "type",
        "quarter_hour",
        "library_id",
        "space_id",
        "space_kind",
        "amount",
    )

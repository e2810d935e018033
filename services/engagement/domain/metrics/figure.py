"""From a metric's expressions to one table of figures, and to the list of what they count."""

from typing import Any

import ibis

from services.engagement.domain.metrics.definition import Metric
from services.engagement.domain.metrics.facts import Facts

PARTS = ("numerator", "denominator", "persons", "base_persons", "unmeasured")


def figures(metric: Metric, facts: Facts, split: str | None) -> Any:
    """Return, per cell, summed numerator and denominator and what is needed to read them.

    `persons` and `base_persons`: how many distinct people stand behind either, heads counted
    without names included; small numbers are held back at the edge. `unmeasured`: activities whose
    attendance nobody took.
    """
    counted = metric.counted(facts, split)
    base = metric.base(facts, split)
    parts = [
        _part(counted, numerator=counted.amount.sum(), persons=_persons(counted)),
        _part(base, denominator=base.amount.sum(), base_persons=base.person.nunique()),
    ]
    if metric.unmeasured is not None:
        missing = metric.unmeasured(facts, split)
        parts.append(_part(missing, unmeasured=missing.amount.sum()))
    stacked = ibis.union(*parts)
    sums = {name: stacked[name].sum().cast("int64") for name in PARTS}
    return stacked.group_by("cell").aggregate(**sums)


def _persons(counted: Any) -> Any:
    """Whoever is counted without a name is a person all the same."""
    nameless = counted.amount.sum(where=counted.person.isnull()).fill_null(0)
    return counted.person.nunique() + nameless


def presences(metric: Metric, facts: Facts, split: str | None) -> Any:
    """Return who stands behind a part of a cell on which day: cell, part, day, person.

    By this a neighbouring period is known that would differ by a few people only. Numerator and
    denominator are both told, so few people in either are.
    """
    if metric.present is not None:
        return _presence(metric.present(facts, split), "present")
    counted, base = metric.counted(facts, split), metric.base(facts, split)
    rows = [_presence(counted, "numerator")]
    if "day" in base.columns:
        rows.append(_presence(base, "denominator"))
    return ibis.union(*rows) if len(rows) > 1 else rows[0]


def _presence(table: Any, part: str) -> Any:
    named = table.filter(table.person.notnull())
    return named.select("cell", "day", "person", part=ibis.literal(part))


def _part(table: Any, **sums: Any) -> Any:
    grouped = table.group_by("cell").aggregate(**sums)
    zero = ibis.literal(0, "int64")
    columns = {n: grouped[n].cast("int64") if n in sums else zero for n in PARTS}
    return grouped.select(cell=grouped.cell, **columns)


def counted_acts(metric: Metric, facts: Facts, split: str | None) -> Any:
    """Return the acts behind the numerator as the ledger has them; nobody's pseudonym."""
    counted = metric.counted(facts, split).drop("person", "day")
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

"""What a metric is: its words, and the two expressions that count."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services.engagement.domain.metrics.facts import Facts

ALL = "all"
"""The cell of a figure that is not split."""

UNKNOWN_CELL = "unknown"
"""The cell of persons nobody has described, and of acts without a space kind."""

Expression = Callable[[Facts, str | None], Any]
"""From the facts and a split to an Ibis table."""

ISO_11620 = "ISO 11620"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """The published words of a metric.

    `over_people`: the denominator is people, so that few of them are held back like any others.
    `name` ends in its unit. `scale` is what one is multiplied by: 100 for per cent, 1000 for per
    thousand. `verified`: the indicator number was seen in the standard itself. `empty` is the
    reason given when the denominator is 0. A change of meaning is a new `version`.
    """

    id: str
    version: int
    name_en: str
    name_zh: str
    scale: int
    formula_en: str
    formula_zh: str
    counted: tuple[str, ...]
    exclusions_en: str
    exclusions_zh: str
    panel: str
    splits: tuple[str, ...]
    empty: str
    standard: str | None = None
    edition: str | None = None
    indicator_no: str | None = None
    verified: bool = False
    over_people: bool = False
    changes: tuple[str, ...] = ("1: first version",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A definition with its expressions beside it.

    `counted` lists what the numerator counts: cell, day, source, message_id, person, amount; the
    numerator is the sum of amounts, so a figure and its drill-down cannot disagree. `base` lists
    the denominator: cell, day, person (or null), amount. `unmeasured` lists activities in scope
    whose attendance nobody took: they are neither nought nor no-shows. `present` lists everybody
    who took part where the numerator keeps only one act of each.
    """

    definition: Definition
    counted: Expression
    base: Expression
    unmeasured: Expression | None = None
    present: Expression | None = None

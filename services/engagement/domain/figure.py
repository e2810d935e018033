"""A figure as it is told: rounded at the very end, null with a reason, small cells held back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from services.engagement.domain.disclosure import GROUP_SPLITS, hidden_cells, week_of

SUPPRESSED = "suppressed"
NOT_MEASURED = "not_measured"
WHOLE = "all"
PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What the database has summed for a cell: whole numbers only.

    `edge_persons`: how many people stand behind the first or the last week with anybody in it,
    whichever has fewer; 0 when there is no such week. `gap_persons`: how many stand between it and
    the next larger number told with it. `served`: the denominator, when it is people.
    """

    cell: str
    numerator: int = 0
    denominator: int = 0
    persons: int = 0
    base_persons: int = 0
    edge_persons: int = 0
    gap_persons: int = 0
    served: int = 0
    unmeasured: int = 0

    @property
    def crowd(self) -> int:
        """How many people stand behind it: at least those of the smaller part."""
        return self.persons or self.base_persons

    @property
    def sizes(self) -> tuple[int, int]:
        """How many people stand behind the numerator, and behind the denominator."""
        return self.persons, self.base_persons

    def is_small(self, hide_below: int) -> bool:
        """Tell whether so few people stand behind the cell that it could point at them.

        Few people in its first or last week are as telling: the same figure without that week
        would differ by them. So are few between it and its neighbour.
        """
        crowds = (*self.sizes, self.edge_persons, self.gap_persons, self.served)
        return any(0 < crowd < hide_below for crowd in crowds)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldCell:
    """One number with its parts; `value` is null exactly when `reason` says why."""

    cell: str
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    reason: str | None
    unmeasured: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A metric's answer: the whole (absent when split), or its cells."""

    split: str | None
    cells: Sequence[ToldCell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How a metric's sums become numbers: what one is multiplied by, why there may be none."""

    scale: int
    empty: str
    hide_below: int


def told(cells: Sequence[Cell], *, split: str | None, telling: Telling) -> Figure:
    """Return the figure as it may be shown: see `hidden_cells`; the whole is a cell like others."""
    found = sorted(cells, key=lambda cell: cell.cell)
    if split is None:
        found = found or [Cell(cell=WHOLE)]
    if split == "day":
        hidden = hidden_cells(found, telling.hide_below, adding_up=week_of)
    else:
        hidden = hidden_cells(found, telling.hide_below, apart=split in GROUP_SPLITS)
    return Figure(split=split, cells=told_cells(found, hidden, telling))


def told_cells(
    cells: Sequence[Cell], hidden: Collection[str], telling: Telling
) -> Sequence[ToldCell]:
    """Return every cell as it may be shown."""
    return [
        suppressed(cell.cell) if cell.cell in hidden else _told(cell, telling) for cell in cells
    ]


def suppressed(cell: str) -> ToldCell:
    """Return a cell that says nothing but that it is held back."""
    return ToldCell(
        cell=cell, numerator=None, denominator=None, value=None, reason=SUPPRESSED, unmeasured=0
    )


def _told(cell: Cell, telling: Telling) -> ToldCell:
    reason = None
    if cell.denominator == 0:
        reason = NOT_MEASURED if cell.unmeasured else telling.empty
    return ToldCell(
        cell=cell.cell,
        numerator=cell.numerator,
        denominator=cell.denominator,
        value=value_of(cell.numerator, cell.denominator, telling.scale),
        reason=reason,
        unmeasured=cell.unmeasured,
    )


def value_of(numerator: int, denominator: int, scale: int) -> Decimal | None:
    """Return numerator / denominator x scale to two places, halves up; None over 0."""
    if denominator == 0:
        return None
    return (Decimal(numerator * scale) / Decimal(denominator)).quantize(PLACES, ROUND_HALF_UP)

"""A figure as it is told: rounded at the very end, null with a reason, small cells held back."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

SUPPRESSED = "suppressed"
NOT_MEASURED = "not_measured"
PLACES = Decimal("0.01")
MANAGERS_HIDE_BELOW = 10
STAFF_HIDE_BELOW = 5
HIDE_NOTHING = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What the database has summed for a cell: whole numbers only."""

    cell: str
    numerator: int = 0
    denominator: int = 0
    persons: int = 0
    base_persons: int = 0
    unmeasured: int = 0

    def is_small(self, hide_below: int) -> bool:
        """Tell whether so few people stand behind the cell that it could point at them."""
        return 0 < self.persons < hide_below or 0 < self.base_persons < hide_below


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


def told(
    cells: Sequence[Cell], *, split: str | None, scale: int, empty: str, hide_below: int
) -> Figure:
    """Return the figure as it may be shown.

    Only splits are held back: the whole is over everybody. A single hidden cell could be worked
    out from the whole, so the smallest other cell with people in it is hidden with it.
    """
    found = sorted(cells, key=lambda cell: cell.cell)
    if split is None:
        found = found or [Cell(cell="all")]
        hidden: set[str] = set()
    else:
        hidden = _hidden(found, hide_below)
    return Figure(
        split=split,
        cells=[
            _suppressed(cell) if cell.cell in hidden else _told(cell, scale, empty)
            for cell in found
        ],
    )


def _hidden(cells: Sequence[Cell], hide_below: int) -> set[str]:
    small = {cell.cell for cell in cells if cell.is_small(hide_below)}
    if len(small) != 1:
        return small
    others = [cell for cell in cells if cell.cell not in small and (cell.persons or cell.numerator)]
    if others:
        small.add(min(others, key=lambda cell: (cell.persons, cell.cell)).cell)
    return small


def _suppressed(cell: Cell) -> ToldCell:
    return ToldCell(
        cell=cell.cell,
        numerator=None,
        denominator=None,
        value=None,
        reason=SUPPRESSED,
        unmeasured=cell.unmeasured,
    )


def _told(cell: Cell, scale: int, empty: str) -> ToldCell:
    reason = None
    if cell.denominator == 0:
        reason = NOT_MEASURED if cell.unmeasured else empty
    return ToldCell(
        cell=cell.cell,
        numerator=cell.numerator,
        denominator=cell.denominator,
        value=value_of(cell.numerator, cell.denominator, scale),
        reason=reason,
        unmeasured=cell.unmeasured,
    )


def value_of(numerator: int, denominator: int, scale: int) -> Decimal | None:
    """Return numerator / denominator x scale to two places, halves up; None over 0."""
    if denominator == 0:
        return None
    return (Decimal(numerator * scale) / Decimal(denominator)).quantize(PLACES, ROUND_HALF_UP)

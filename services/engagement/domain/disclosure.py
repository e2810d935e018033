"""What a figure may show without pointing at anybody: see docs/decisions/small-cells.md."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

HIDE_NOTHING = 0
USUAL_SMALLEST_CELL = 5
SPLITS = ("faculty", "level", "space_kind", "day", "library")
GROUP_SPLITS = ("faculty", "level")
"""Splits that say which group a person belongs to."""

WEEK = timedelta(days=7)


class Countable(Protocol):
    """A cell with the numbers of people that decide whether it is shown."""

    @property
    def cell(self) -> str:
        """Its name."""
        ...

    @property
    def crowd(self) -> int:
        """How many people stand behind it."""
        ...

    @property
    def sizes(self) -> Sequence[int]:
        """How many people stand behind each of its numbers."""
        ...

    def is_small(self, hide_below: int) -> bool:
        """Tell whether so few people stand behind it that it could point at them."""
        ...


@dataclass(frozen=True, slots=True)
class Period:
    """Local days, both included."""

    first_day: date
    last_day: date

    @property
    def is_whole_weeks(self) -> bool:
        """Tell whether it runs from a Monday to a Sunday."""
        return self.first_day.weekday() == 0 and self.last_day.weekday() == 6

    @property
    def weeks_around(self) -> "Period":
        """Return the whole weeks the period lies in."""
        first = self.first_day - timedelta(days=self.first_day.weekday())
        return Period(first, self.last_day + timedelta(days=6 - self.last_day.weekday()))


def hidden_cells(
    cells: Sequence[Countable],
    hide_below: int,
    *,
    adding_up: Callable[[str], str] = lambda _cell: "",
    apart: bool = False,
    besides: Collection[str] = (),
) -> set[str]:
    """Return which cells are not shown: the small ones, and those that would give them away.

    `adding_up` tells which cells belong to one known total (by default all of them do). Of each
    total either nothing is hidden, or at least two cells behind which together stand `hide_below`
    people: the total less the shown cells then tells nothing of any one of them. `apart` promises
    that nobody is in two cells; without it the same three people could be all there is in both of
    two small ones, so the largest hidden cell alone must have enough. `besides` are hidden anyway.
    The smallest cells go first; ties are settled by name, so that everybody is told the same.
    """
    totals: dict[str, list[Countable]] = {}
    for cell in cells:
        totals.setdefault(adding_up(cell.cell), []).append(cell)
    hidden: set[str] = set()
    for parts in totals.values():
        small = {part.cell for part in parts if part.is_small(hide_below)}
        small.update(part.cell for part in parts if part.cell in besides)
        hidden |= _with_complements(parts, small, _together(hide_below, apart=apart))
    return hidden


Enough = Callable[[Sequence[Countable]], bool]
"""Whether so much is hidden that the total less the rest tells nothing."""


def _together(hide_below: int, *, apart: bool) -> Enough:
    def enough(hidden: Sequence[Countable]) -> bool:
        behind_each = zip(*(part.sizes for part in hidden), strict=True)
        crowds = [sum(sizes) if apart else max(sizes) for sizes in behind_each]
        return len(hidden) > 1 and all(crowd == 0 or crowd >= hide_below for crowd in crowds)

    return enough


def _with_complements(parts: Iterable[Countable], small: set[str], enough: Enough) -> set[str]:
    ordered = sorted(parts, key=lambda part: (part.crowd, part.cell))
    hidden = [part for part in ordered if part.cell in small]
    if not hidden:
        return set()
    others = [part for part in ordered if part.crowd and part.cell not in small]
    while others and not enough(hidden):
        hidden.append(others.pop(0))
    return {part.cell for part in hidden}


def week_of(day: str) -> str:
    """Return the Monday of a day: the days of a week add up to its figure."""
    found = date.fromisoformat(day)
    return (found - timedelta(days=found.weekday())).isoformat()

"""Which cells of a report are told: by kind of space nothing that the other kinds give away."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from services.engagement.domain.disclosure import hidden_cells
from services.engagement.domain.figure import Cell

Table = Mapping[str | None, Sequence[Cell]]
"""The cells by kind of space; under None those of all kinds."""

Hidden = dict[str | None, set[str]]
"""The names of the cells that are held back, by kind like the table."""

ALL_KINDS = None


def with_gaps(steps: Sequence[Cell]) -> Sequence[Cell]:
    """Return the steps of a funnel, each with the people between it and the larger one before.

    `gap_persons` comes as those who stopped right before the step. Where nobody did, the step is
    the same number as the one before, and as telling.
    """
    found: list[Cell] = []
    gap = 0
    for step in steps:
        gap = step.gap_persons or gap
        found.append(replace(step, gap_persons=gap))
    return found


def hidden_of(table: Table, hide_below: int, *, nested: bool) -> Hidden:
    """Return what is held back of a report, by kind and of all kinds.

    The kinds add up to the whole, and the cells of a kind to its total (unless they are `nested`:
    each step of a funnel lies in the one before). Hiding for one of these can give away what is
    hidden for the other, so both are looked at until nothing more is to be hidden.
    """
    hidden: Hidden = {kind: set() for kind in table}
    while True:
        found = {
            kind: hidden_cells(
                cells, hide_below, adding_up=_alone if nested else _adding_up, besides=hidden[kind]
            )
            for kind, cells in table.items()
        }
        found = _by_every_kind_or_none(table, found)
        if found == hidden:
            return found
        hidden = found


def _alone(cell: str) -> str:
    return cell


def _adding_up(_cell: str) -> str:
    return ""


def _by_every_kind_or_none(table: Table, hidden: Hidden) -> Hidden:
    """Tell a cell by kind only if each kind of it may be told, and so may their sum.

    All kinds less the one that is told would be the others together: so none is told when another
    is held back. Where only one kind has anybody, it is the whole, and is held back with it.
    """
    closed = {kind: set(names) for kind, names in hidden.items()}
    for name, kinds in _kinds_with_anybody(table).items():
        if not any(name in hidden[kind] for kind in (*kinds, ALL_KINDS)):
            continue
        for kind in kinds if len(kinds) > 1 else (*kinds, ALL_KINDS):
            closed[kind].add(name)
    return closed


def _kinds_with_anybody(table: Table) -> Mapping[str, Sequence[str]]:
    """Return by a cell's name the kinds of space in which it counts somebody."""
    found: dict[str, list[str]] = {}
    for kind, cells in table.items():
        for cell in cells:
            if kind is not ALL_KINDS and cell.crowd:
                found.setdefault(cell.cell, []).append(kind)
    return found

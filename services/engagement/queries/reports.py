"""What is asked of a report, and how what it counts becomes cells that may be shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from services.engagement.domain.disclosure import HIDE_NOTHING, Period, hidden_cells
from services.engagement.domain.figure import Cell, Telling, ToldCell, told_cells
from services.engagement.domain.report_table import ALL_KINDS, hidden_of, with_gaps
from services.engagement.queries.figures import Disclosure, Question
from services.engagement.queries.report_statements import OF_CELLS, Statement

PER_CENT = 100
NOTHING = "nobody_took_part"
SUMS = ("numerator", "denominator", "persons", "base_persons", "edge_persons", "gap_persons")
Place = tuple[str, str]
"""A list of a report and a cell of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportQuestion:
    """Local days of one library, both included, and perhaps one kind of space."""

    period: Period
    library_id: UUID
    space_kind: str | None = None

    def check(self, disclosure: Disclosure) -> None:
        """Raise PeriodInvalid, PeriodNotWholeWeeks, PeriodToCome."""
        disclosure.check(
            Question(
                metric_id="",
                first_day=self.period.first_day,
                last_day=self.period.last_day,
                split="space_kind",
                library_id=self.library_id,
            )
        )

    def parameters(self, **more: Any) -> dict[str, Any]:
        """Return the parameters of a report's statement."""
        days = {"first": self.period.first_day, "last": self.period.last_day}
        return {**days, "library": self.library_id, **more}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a report counts, as SQL: see `report_statements`.

    `rows` are those of the report; `whole` those by which libraries are told apart, and `whole_of`
    says which of their cells a cell of the report lies in. `statement` makes cells of either.
    `fixed` are cells that are always there, in their order, by list. `nested`: each cell lies in
    the one before (a funnel).
    """

    rows: str
    whole: str
    whole_of: Callable[[str, str], Place]
    fixed: Mapping[str, Sequence[str]]
    more: Mapping[str, Any]
    nested: bool = False
    statement: Statement = OF_CELLS
    scale: int = PER_CENT
    over: int | None = None
    """The denominator of every cell, where it is not counted."""


def told_report(
    connection: Connection, question: ReportQuestion, counted: Counted, disclosure: Disclosure
) -> Mapping[str, Sequence[ToldCell]]:
    """Return the cells of each list as they may be shown; two statements, however many cells.

    Cells come as they are fixed, or the largest first; those held back last, by name, for their
    place would tell their size. Raises what `ReportQuestion.check` raises.
    """
    question.check(disclosure)
    parameters = question.parameters(**counted.more)
    tables = _tables(connection, counted.statement.by_kind(counted.rows), parameters, counted)
    libraries = _hidden_libraries(connection, counted, question, disclosure)
    told: dict[str, Sequence[ToldCell]] = {}
    for name, table in tables.items():
        hidden = hidden_of(table, disclosure.hide_below, nested=counted.nested)
        cells = table.get(question.space_kind, ())
        held_back = hidden.get(question.space_kind, set()) | {
            cell.cell for cell in cells if counted.whole_of(name, cell.cell) in libraries
        }
        told[name] = _told(cells, held_back, counted, disclosure, counted.fixed.get(name, ()))
    return told


def _tables(
    connection: Connection, statement: str, parameters: Mapping[str, Any], counted: Counted
) -> Mapping[str, dict[str | None, Sequence[Cell]]]:
    """Return the cells by list, then by kind (or library); under None those of all together."""
    found: dict[str, dict[str | None, list[Cell]]] = {
        name: {ALL_KINDS: []} for name in counted.fixed
    }
    for row in connection.exec_driver_sql(statement, parameters).mappings():
        part = ALL_KINDS if row["whole"] else row["part"]
        found.setdefault(row["list"], {}).setdefault(part, []).append(_cell(row, counted))
    return {
        name: {part: _in_order(cells, counted, name) for part, cells in parts.items()}
        for name, parts in found.items()
    }


def _cell(row: Mapping[Any, Any], counted: Counted) -> Cell:
    cell = Cell(cell=row["cell"], **{name: int(row[name]) for name in SUMS})
    return cell if counted.over is None else replace(cell, denominator=counted.over)


def _in_order(cells: Sequence[Cell], counted: Counted, name: str) -> Sequence[Cell]:
    if not counted.nested:
        return cells
    steps = list(counted.fixed[name])
    return with_gaps(sorted(cells, key=lambda cell: steps.index(cell.cell)))


def _hidden_libraries(
    connection: Connection, counted: Counted, question: ReportQuestion, disclosure: Disclosure
) -> set[Place]:
    """Return where the split by libraries holds this library back."""
    if disclosure.hide_below == HIDE_NOTHING:
        return set()
    parameters = question.parameters(**counted.more) | {"library": None}
    wanted = str(question.library_id)
    hidden: set[Place] = set()
    tables = _tables(connection, counted.statement.by_library(counted.whole), parameters, counted)
    for name, table in tables.items():
        libraries: dict[str, list[Cell]] = {}
        for library, cells in table.items():
            for cell in cells if library is not None else ():
                libraries.setdefault(cell.cell, []).append(replace(cell, cell=str(library)))
        hidden |= {
            (name, cell)
            for cell, parts in libraries.items()
            if wanted in hidden_cells(parts, disclosure.hide_below)
        }
    return hidden


def _told(
    cells: Sequence[Cell],
    hidden: set[str],
    counted: Counted,
    disclosure: Disclosure,
    fixed: Sequence[str],
) -> Sequence[ToldCell]:
    if fixed:
        named = {cell.cell: cell for cell in cells}
        ordered = [named.get(name, Cell(cell=name)) for name in fixed]
    else:
        shown = [cell for cell in cells if cell.numerator and cell.cell not in hidden]
        ordered = sorted(shown, key=lambda cell: (-cell.numerator, cell.cell))
        ordered += sorted((c for c in cells if c.cell in hidden), key=lambda cell: cell.cell)
    telling = Telling(scale=counted.scale, empty=NOTHING, hide_below=disclosure.hide_below)
    return told_cells(ordered, hidden, telling)

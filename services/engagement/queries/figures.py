"""Figures, live from the facts: what may be asked, and what of the answer may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Connection

from services.engagement.domain import errors
from services.engagement.domain.disclosure import (
    GROUP_SPLITS,
    HIDE_NOTHING,
    WEEK,
    Period,
    hidden_cells,
)
from services.engagement.domain.figure import (
    WHOLE,
    Cell,
    Figure,
    Telling,
    suppressed,
    told,
    told_cells,
)
from services.engagement.queries.figure_statements import (
    compiled_edges,
    compiled_figures,
    over_periods,
)

if TYPE_CHECKING:
    from services.engagement.domain.metrics.definition import Definition, Metric

LONGEST_DAYS = 3660


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which metric, over which local days (both included), split how, for one library or all."""

    metric_id: str
    first_day: date
    last_day: date
    split: str | None = None
    library_id: UUID | None = None

    @property
    def period(self) -> Period:
        """Return the days; raises PeriodInvalid."""
        days = (self.last_day - self.first_day).days + 1
        if not 1 <= days <= LONGEST_DAYS:
            raise errors.PeriodInvalid(most_days=LONGEST_DAYS)
        return Period(self.first_day, self.last_day)

    @property
    def scope(self) -> dict[str, Any]:
        """Return the parameters of the compiled statements; raises PeriodInvalid."""
        return scope_of([self.period], self.library_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """How few people are too few, and what day it is where the library is.

    `hide_below` 0 hides nothing and lets any days be asked about: for exports that never leave the
    operator's machine, and for a platform that has no people of its own.
    """

    hide_below: int
    today: date

    def check(self, question: Question) -> None:
        """Raise LibraryNeeded, PeriodNotWholeWeeks or WeekNotOver for what would give away people.

        Two answers whose difference is a few people tell of them: so there is one grid of weeks,
        groups are told of only once their weeks are over, and parts only within a library.
        PeriodToCome where nothing can have been counted yet.
        """
        if self.hide_below == HIDE_NOTHING:
            return
        if question.split not in {None, "library"} and question.library_id is None:
            raise errors.LibraryNeeded
        if not question.period.is_whole_weeks:
            weeks = question.period.weeks_around
            raise errors.PeriodNotWholeWeeks(
                first=weeks.first_day.isoformat(), last=weeks.last_day.isoformat()
            )
        if question.first_day > self.today:
            raise errors.PeriodToCome(today=self.today.isoformat())
        if question.split in GROUP_SPLITS and question.last_day >= self.today:
            raise errors.WeekNotOver


def scope_of(periods: Sequence[Period], library_id: UUID | None) -> dict[str, Any]:
    """Return the parameters of statements that run over these periods."""
    day = timedelta(days=1)
    return {
        "since": [period.first_day for period in periods],
        "until": [period.last_day + day for period in periods],
        "middle": [p.first_day + (p.last_day - p.first_day) // 2 for p in periods],
        "library_id": library_id,
    }


def definitions() -> Sequence["Definition"]:
    """Return the words of every metric."""
    from services.engagement.domain.metrics.catalogue import METRICS  # noqa: PLC0415 Ibis takes 0.15 s and 40 MB that a process without figures never needs

    return [metric.definition for metric in METRICS.values()]


def metric_and_split(question: Question) -> tuple["Metric", str | None]:
    """Return what is asked for; raises MetricNotFound, SplitMeaningless."""
    from services.engagement.domain.metrics import catalogue  # noqa: PLC0415 as in `definitions`

    metric = catalogue.metric_named(question.metric_id)
    return metric, catalogue.split_for(metric, question.split)


def figure_for(connection: Connection, question: Question, disclosure: Disclosure) -> Figure:
    """Compute a figure; cells that could point at people are held back.

    Raises MetricNotFound, SplitMeaningless, PeriodInvalid, and what `Disclosure.check` raises.
    """
    metric, split = metric_and_split(question)
    asked = replace(question, split=split)
    disclosure.check(question)
    telling = telling_of(metric, disclosure)
    whole = _whole_of_library(connection, asked, disclosure, telling) if split is None else None
    if whole is not None:
        return whole
    [cells] = cells_over(connection, asked, [asked.period], disclosure)
    figure = told(cells, split=split, telling=telling)
    if split is not None and is_library_hidden(connection, asked, disclosure):
        return replace(figure, cells=[suppressed(cell.cell) for cell in figure.cells])
    return figure


def _whole_of_library(
    connection: Connection, question: Question, disclosure: Disclosure, telling: Telling
) -> Figure | None:
    """Return a library's whole as the cell it is in the split by libraries, held back like it.

    None when nothing is known of the library (then nobody stands behind it), or when all
    libraries are asked about, or nothing is to be hidden.
    """
    by_library = _by_library(question, disclosure)
    if by_library is None:
        return None
    [cells] = cells_over(connection, by_library, [question.period], disclosure)
    wanted = str(question.library_id)
    found = next((cell for cell in cells if cell.cell == wanted), None)
    if found is None:
        return None
    hidden = wanted in hidden_cells(cells, disclosure.hide_below)
    whole = [replace(found, cell=WHOLE)]
    return Figure(split=None, cells=told_cells(whole, {WHOLE} if hidden else (), telling))


def _by_library(question: Question, disclosure: Disclosure) -> Question | None:
    if question.library_id is None or disclosure.hide_below == HIDE_NOTHING:
        return None
    metric, _ = metric_and_split(replace(question, split=None))
    if "library" not in metric.definition.splits:
        return None
    return replace(question, split="library", library_id=None)


def telling_of(metric: "Metric", disclosure: Disclosure) -> Telling:
    """Return how the metric's sums become numbers."""
    definition = metric.definition
    return Telling(scale=definition.scale, empty=definition.empty, hide_below=disclosure.hide_below)


def is_library_hidden(connection: Connection, question: Question, disclosure: Disclosure) -> bool:
    """Tell whether the library asked about is one that the split by libraries holds back."""
    by_library = _by_library(question, disclosure)
    if by_library is None:
        return False
    [cells] = cells_over(connection, by_library, [question.period], disclosure)
    return str(question.library_id) in hidden_cells(cells, disclosure.hide_below)


def cells_over(
    connection: Connection, question: Question, periods: Sequence[Period], disclosure: Disclosure
) -> Sequence[Sequence[Cell]]:
    """Return the cells of each period, in the periods' order: two statements, however many."""
    metric, split = metric_and_split(question)
    scope = scope_of(periods, question.library_id)
    found: list[list[Cell]] = [[] for _ in periods]
    edges = _edges(connection, question, periods, disclosure)
    statement = over_periods(compiled_figures(metric.definition.id, split, "postgres"))
    for row in connection.exec_driver_sql(statement, scope).mappings():
        sums = {name: int(value) for name, value in row.items() if name not in {"nth", "cell"}}
        served = sums["denominator"] if metric.definition.over_people else 0
        edge = edges.get((row["nth"], row["cell"]), 0)
        cell = Cell(cell=row["cell"], **sums, served=served, edge_persons=edge)
        found[row["nth"] - 1].append(cell)
    return found


def _edges(
    connection: Connection, question: Question, periods: Sequence[Period], disclosure: Disclosure
) -> Mapping[tuple[int, str], int]:
    if disclosure.hide_below == HIDE_NOTHING or question.split == "day":
        return {}
    if all(period.last_day - period.first_day < WEEK for period in periods):
        return {}  # a single week has no edges but itself
    metric, split = metric_and_split(question)
    statement = over_periods(compiled_edges(metric.definition.id, split))
    rows = connection.exec_driver_sql(statement, scope_of(periods, question.library_id))
    return {(row.nth, row.cell): row.edge_persons for row in rows}


def as_plain(figure: Figure) -> dict[str, Any]:
    """Return the figure as plain values, for exports."""
    return asdict(figure)

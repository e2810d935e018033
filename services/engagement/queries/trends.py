"""A figure over one period after another: the same computation each time, in one statement."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Connection

from services.engagement.domain import errors
from services.engagement.domain.disclosure import (
    GROUP_SPLITS,
    HIDE_NOTHING,
    Period,
    hidden_cells,
    week_of,
)
from services.engagement.domain.figure import WHOLE, Cell, Telling, ToldCell, told_cells
from services.engagement.queries.figures import (
    Disclosure,
    Question,
    cells_over,
    metric_and_split,
    telling_of,
)
from services.engagement.queries.terms import terms_of

STEPS = ("day", "week", "month", "term")
MOST_POINTS = 160
MOST_DAYS = 92


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Which figure, period after period; of a split one, which cell."""

    question: Question
    step: str
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A period by its name and its days, and what the figure was then."""

    name: str
    period: Period
    told: ToldCell


def trend_of(connection: Connection, trend: Trend, disclosure: Disclosure) -> Sequence[Point]:
    """Return a point for each whole period within the question's days, the earliest first.

    A month is the weeks whose Thursday it holds (as ISO 8601 counts years), so that months are
    whole weeks like every period. Raises SplitNeeded for a cell without a split (or the other way
    round), SplitMeaningless for days of a metric that knows none, and what a figure raises.
    """
    question = trend.question
    metric, _ = metric_and_split(replace(question, split=_checked_split(trend)))
    disclosure.check(question)
    if trend.step == "day":
        disclosure.check(replace(question, split="day"))
    named = _periods(connection, trend)
    if not named:
        return []
    periods = [period for _, period in named]
    cells = cells_over(connection, question, periods, disclosure)
    telling = telling_of(metric, disclosure)
    picked = [_picked(found, trend, telling) for found in cells]
    if trend.step == "day":
        picked = _days_held_back(named, picked, telling)
    if question.library_id is not None:
        picked = _of_library(connection, question, periods, disclosure, picked)
    points = zip(named, picked, strict=True)
    return [
        Point(name, period, told_cells([cell], {WHOLE} if hidden else (), telling)[0])
        for (name, period), (cell, hidden) in points
    ]


def _checked_split(trend: Trend) -> str | None:
    if (trend.question.split is None) != (trend.cell is None):
        raise errors.SplitNeeded
    if trend.step == "day":
        metric_and_split(replace(trend.question, split="day"))
        if trend.cell is not None:
            raise errors.SplitMeaningless(
                metric=trend.question.metric_id, split="day", possible="week, month, term"
            )
    return trend.question.split


Picked = tuple[Cell, bool]
"""The cell of a period, and whether it is held back."""


def _picked(cells: Sequence[Cell], trend: Trend, telling: Telling) -> Picked:
    apart = trend.question.split in GROUP_SPLITS
    hidden = hidden_cells(cells, telling.hide_below, apart=apart)
    name = trend.cell or WHOLE
    found = next((cell for cell in cells if cell.cell == name), Cell(cell=name))
    return replace(found, cell=WHOLE), name in hidden


def _days_held_back(
    named: Sequence[tuple[str, Period]], picked: list[Picked], telling: Telling
) -> list[Picked]:
    """Days add up to their weeks: the split by days decides which are told."""
    days = [replace(cell, cell=name) for (name, _), (cell, _) in zip(named, picked, strict=True)]
    hidden = hidden_cells(days, telling.hide_below, adding_up=week_of)
    return [(cell, name in hidden) for (name, _), (cell, _) in zip(named, picked, strict=True)]


def _of_library(
    connection: Connection,
    question: Question,
    periods: Sequence[Period],
    disclosure: Disclosure,
    picked: list[Picked],
) -> list[Picked]:
    """Hold back the periods in which the split by libraries holds this library back."""
    if disclosure.hide_below == HIDE_NOTHING:
        return picked
    asked = replace(question, split="library", library_id=None)
    try:
        by_library = cells_over(connection, asked, periods, disclosure)
    except errors.SplitMeaningless:
        return picked
    library = str(question.library_id)
    return [
        (cell, hidden or library in hidden_cells(libraries, disclosure.hide_below))
        for (cell, hidden), libraries in zip(picked, by_library, strict=True)
    ]


def _periods(connection: Connection, trend: Trend) -> Sequence[tuple[str, Period]]:
    whole = trend.question.period
    if trend.step == "term":
        named = _terms(connection, trend.question.library_id, whole)
    elif trend.step == "day":
        named = _stretches(whole, lambda day: day.isoformat(), timedelta(days=1))
    elif trend.step == "week":
        named = _stretches(whole, lambda day: day.isoformat(), timedelta(weeks=1))
    else:
        named = _stretches(whole, _month_of, timedelta(weeks=1))
    if len(named) > (MOST_DAYS if trend.step == "day" else MOST_POINTS):
        raise errors.PeriodInvalid(most_days=MOST_DAYS)
    return named


def _terms(
    connection: Connection, library_id: UUID | None, whole: Period
) -> Sequence[tuple[str, Period]]:
    if library_id is None:
        raise errors.LibraryNeeded
    found = [(t.code, Period(t.first_day, t.last_day)) for t in terms_of(connection, library_id)]
    return [
        (code, period)
        for code, period in found
        if whole.first_day <= period.first_day and period.last_day <= whole.last_day
    ]


def _month_of(monday: date) -> str:
    return (monday + timedelta(days=3)).strftime("%Y-%m")


def _stretches(
    whole: Period, name_of: Callable[[date], str], step: timedelta
) -> Sequence[tuple[str, Period]]:
    """Cut a period into steps; steps of one name are one stretch."""
    found: dict[str, Period] = {}
    first = whole.first_day
    while first <= whole.last_day:
        last = min(first + step - timedelta(days=1), whole.last_day)
        name = name_of(first)
        found[name] = Period(found[name].first_day if name in found else first, last)
        first = last + timedelta(days=1)
    return list(found.items())

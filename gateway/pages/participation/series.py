"""From the service's cells to a chart, the sentence that says what it shows, and its table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import dropwhile
from typing import Any

from markupsafe import Markup

from gateway.pages.language import gettext as _
from gateway.pages.participation import charts
from gateway.pages.wording import cell_name, full_date, number

Json = Mapping[str, Any]
MOST_BARS = 40
MOST_DAYS = 92
DAY = timedelta(days=1)
LEAST_POINTS = 2


@dataclass(frozen=True, slots=True)
class Series:
    """A chart: the sentence beside it, the drawing, and the same as a table of named cells."""

    sentence: str
    drawing: Markup
    rows: Sequence[tuple[str, Json]]


def trend_line(trend: Json) -> Series | None:
    """Return a figure week by week; None when there are too few numbers to speak of a course."""
    points = list(dropwhile(lambda point: not point["value"], trend["points"]))
    told = [point for point in points if point["value"] is not None]
    if len(told) < LEAST_POINTS:
        return None
    top = max(told, key=lambda point: point["value"])
    sentence = _(
        "%(name)s week by week: %(first)s in the week of %(begin)s, %(last)s in the week of"
        " %(end)s; highest in the week of %(when)s (%(top)s).",
        name=trend["metric"]["name"],
        first=number(told[0]["value"], 2),
        begin=_short(told[0]["name"]),
        last=number(told[-1]["value"], 2),
        end=_short(told[-1]["name"]),
        when=_short(top["name"]),
        top=number(top["value"], 2),
    )
    drawing = charts.line([(_short(point["name"]), point["value"]) for point in points])
    return Series(sentence, drawing, [(full_date(point["name"]), point) for point in points])


def split_bars(figure: Json) -> Series | None:
    """Return a bar for each cell of a split, or a line for days; None when all is held back."""
    split, cells = figure["split"], figure["cells"]
    told = [cell for cell in cells if cell["value"] is not None]
    if not told or len(cells) > (MOST_DAYS if split == "day" else MOST_BARS):
        return None
    named = [(cell_name(cell["cell"], split), cell) for cell in cells]
    sentence = _comparison(figure["metric"]["name"], split, told)
    if split == "day":
        drawing = charts.line(_every_day(figure))
    else:
        drawing = charts.bars([(name, cell["value"]) for name, cell in named])
    return Series(sentence, drawing, named)


def step_bars(report: Json, names: Mapping[str, str]) -> Series | None:
    """Return the steps of a funnel as bars; None when there is nothing to show."""
    cells = report["cells"]
    named = [(names.get(cell["cell"], cell["cell"]), cell) for cell in cells]
    told = [(step, cell) for step, cell in named if cell["numerator"] is not None]
    if not any(cell["numerator"] for _, cell in told):
        return None
    (first, begun), (last, ended) = told[0], told[-1]
    sentence = _(
        "%(name)s: %(begun)s at “%(first)s”, %(ended)s (%(share)s %%) at “%(last)s”.",
        name=report["report"]["name"],
        begun=number(begun["numerator"], 0),
        first=first,
        ended=number(ended["numerator"], 0),
        share=number(ended["value"], 1),
        last=last,
    )
    drawing = charts.bars([(name, cell["numerator"]) for name, cell in named])
    return Series(sentence, drawing, named)


def count_bars(cells: Sequence[Json], sentence: str, names: Mapping[str, str]) -> Series | None:
    """Return counts as bars, as they come; None when there is nothing to show."""
    if not any(cell["numerator"] for cell in cells):
        return None
    named = [(names.get(cell["cell"], cell["cell"]), cell) for cell in cells]
    drawing = charts.bars([(name, cell["numerator"]) for name, cell in named])
    return Series(sentence, drawing, named)


def _every_day(figure: Json) -> Sequence[tuple[str, float | None]]:
    """Return the days of the period; one without a number is a gap, so that weeks stay as long."""
    values = {cell["cell"]: cell["value"] for cell in figure["cells"]}
    first, last = date.fromisoformat(figure["from"]), date.fromisoformat(figure["to"])
    days = [(first + nth * DAY).isoformat() for nth in range((last - first).days + 1)]
    return [(_short(day), values.get(day)) for day in days]


def _comparison(name: str, split: str, told: Sequence[Json]) -> str:
    top = max(told, key=lambda cell: cell["value"])
    low = min(told, key=lambda cell: cell["value"])
    return _(
        "%(name)s: highest for %(top)s (%(most)s), lowest for %(low)s (%(least)s).",
        name=name,
        top=cell_name(top["cell"], split),
        most=number(top["value"], 2),
        low=cell_name(low["cell"], split),
        least=number(low["value"], 2),
    )


def _short(day: str) -> str:
    found = date.fromisoformat(day)
    return f"{found.month}-{found.day:02d}"

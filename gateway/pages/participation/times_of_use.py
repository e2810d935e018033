"""When a library is used: weekday by hour."""

from typing import Any

from babel.dates import get_day_names
from flask import Blueprint, render_template

from gateway.letters.catalogues import locale_of
from gateway.pages import services, visitor
from gateway.pages.answers import one_of
from gateway.pages.language import current_language
from gateway.pages.language import gettext as _
from gateway.pages.participation.question import (
    library_choices,
    period_choices,
    read_question,
)
from gateway.pages.participation.words import question_words
from gateway.pages.wording import number

blueprint = Blueprint("times_of_use", __name__)
MEASURES = ("starts", "occupied")
SHADES = 5
Json = dict[str, Any]


@blueprint.get("/figures/times")
@visitor.signed_in(*visitor.FIGURE_ROLES)
def heat_map() -> str:
    """Show how much is begun or in use, on the mean such weekday."""
    question = read_question()
    measure = one_of("measure", MEASURES, MEASURES[0])
    kind = question.cell if question.group == "space_kind" else None
    report = None
    if question.library:
        asked = question.asked | {"measure": measure, "space_kind": kind}
        report = services.engagement().report("heat-map", asked)
    cells = {cell["cell"]: cell for cell in report["cells"]} if report else {}
    return render_template(
        "participation/times.html",
        report=report,
        cells=cells,
        hours=_hours(cells),
        weekdays=_weekdays(),
        shades=_shades(cells),
        busiest=_busiest(cells),
        measure=measure,
        question=question,
        said=question_words(question),
        periods=period_choices(question),
        groups={},
        libraries=library_choices(),
    )


def _hours(cells: dict[str, Json]) -> list[str]:
    found = sorted({name.partition("-")[2] for name in cells})
    if not found:
        return []
    return [f"{hour:02d}" for hour in range(int(found[0]), int(found[-1]) + 1)]


def _weekdays() -> dict[int, str]:
    """Return the weekdays' short names; Monday is 1 (ISO 8601)."""
    names = get_day_names("abbreviated", locale=locale_of(current_language()))
    return {nth + 1: names[nth] for nth in range(7)}


def _shades(cells: dict[str, Json]) -> dict[str, int]:
    values = {name: cell["value"] or 0 for name, cell in cells.items()}
    top = max(values.values(), default=0) or 1
    return {name: min(SHADES, -int(-value * SHADES // top)) for name, value in values.items()}


def _busiest(cells: dict[str, Json]) -> str | None:
    told = [cell for cell in cells.values() if cell["value"]]
    if not told:
        return None
    top = max(told, key=lambda cell: cell["value"])
    weekday, _separator, hour = top["cell"].partition("-")
    return _(
        "Busiest: %(weekday)s from %(hour)s:00, %(value)s on average.",
        weekday=_weekdays()[int(weekday)],
        hour=hour,
        value=number(top["value"], 1),
    )

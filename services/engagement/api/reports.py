"""Beyond single numbers: overview, trend, heat map, funnels, unmet demand."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from services.engagement.api.metrics import question_of, shown_definition, shown_figure
from services.engagement.api.parts import FIGURE_READERS, check_library, current_parts, disclosure
from services.engagement.api.reasons import in_language, reason_text
from services.engagement.api.report_schemas import (
    HeatMapArgs,
    OverviewArgs,
    OverviewSchema,
    ReportArgs,
    ReportCellsSchema,
    TrendArgs,
    TrendSchema,
    UnmetDemandSchema,
)
from services.engagement.domain import errors
from services.engagement.domain.disclosure import Period
from services.engagement.domain.figure import ToldCell
from services.engagement.domain.reports import REPORTS
from services.engagement.queries import funnels, heat_map, unmet_demand
from services.engagement.queries.figures import metric_and_split
from services.engagement.queries.overview import overview_of
from services.engagement.queries.reports import ReportQuestion
from services.engagement.queries.trends import Trend, trend_of
from shared.web.blueprint import Blueprint
from shared.web.identity import requires

blueprint = Blueprint("reports", __name__)


@blueprint.route("/figures")
@requires(*FIGURE_READERS)
@blueprint.arguments(OverviewArgs, location="query")
@blueprint.response(200, OverviewSchema)
def overview(args: dict[str, Any]) -> dict[str, Any]:
    """Compute every metric's figure: whole, or one cell of a split where the metric knows it."""
    question = question_of("", args)
    with current_parts().reading() as connection:
        found = overview_of(connection, question, args.get("cell"), disclosure())
    return {"items": [shown_figure(one.question, one.figure) for one in found]}


@blueprint.route("/metrics/<string:metric_id>/trend")
@requires(*FIGURE_READERS)
@blueprint.arguments(TrendArgs, location="query")
@blueprint.response(200, TrendSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def trend(args: dict[str, Any], metric_id: str) -> dict[str, Any]:
    """Compute a figure over one period after another: days, weeks, months or terms.

    A month is its weeks (those whose Thursday lies in it) among the days asked for, so the first
    and the last may be shorter; of terms there are those that lie wholly in the days asked for.
    """
    question = question_of(metric_id, args)
    asked = Trend(question=question, step=args["step"], cell=args.get("cell"))
    metric, _ = metric_and_split(question)
    with current_parts().reading() as connection:
        points = trend_of(connection, asked, disclosure())
    return {
        "metric": shown_definition(metric.definition),
        "step": asked.step,
        "split": question.split,
        "cell": asked.cell,
        "library": question.library_id,
        "points": [
            {
                **_shown(point.told),
                "name": point.name,
                "from": point.period.first_day,
                "to": point.period.last_day,
            }
            for point in points
        ],
    }


@blueprint.route("/heat-map")
@requires(*FIGURE_READERS)
@blueprint.arguments(HeatMapArgs, location="query")
@blueprint.response(200, ReportCellsSchema)
def show_heat_map(args: dict[str, Any]) -> dict[str, Any]:
    """Show when a library is used, by weekday (Monday is 1) and hour of its clocks."""
    question = report_question(args)
    with current_parts().reading() as connection:
        cells = heat_map.heat_map(connection, question, args["measure"], disclosure())
    return _answer(args["measure"], question) | {"cells": _all_shown(cells)}


@blueprint.route("/funnels/<string:name>")
@requires(*FIGURE_READERS)
@blueprint.arguments(ReportArgs, location="query")
@blueprint.response(200, ReportCellsSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def show_funnel(args: dict[str, Any], name: str) -> dict[str, Any]:
    """Show how far people come: `booking` or `sign-up`."""
    if name not in funnels.STEPS:
        raise errors.MetricNotFound(metric=name)
    question = report_question(args)
    with current_parts().reading() as connection:
        cells = funnels.funnel(connection, question, name, disclosure())
    return _answer(name, question) | {"cells": _all_shown(cells)}


@blueprint.route("/unmet-demand")
@requires(*FIGURE_READERS)
@blueprint.arguments(ReportArgs, location="query")
@blueprint.response(200, UnmetDemandSchema)
def show_unmet_demand(args: dict[str, Any]) -> dict[str, Any]:
    """Show what was asked for and not had: persons, rules, kinds of space, hours, waiting."""
    question = report_question(args)
    with current_parts().reading() as connection:
        found = unmet_demand.unmet_demand(connection, question, disclosure())
    lists = {name: _all_shown(cells) for name, cells in found.lists.items()}
    by_space_kind = lists.pop("space_kind")
    return _answer("unmet-demand", question) | lists | {"by_space_kind": by_space_kind}


def report_question(args: Mapping[str, Any]) -> ReportQuestion:
    """Return what is asked; raises NotAllowed for a library outside the asker's role."""
    check_library(args["library"])
    return ReportQuestion(
        period=Period(args["from_"], args["to"]),
        library_id=args["library"],
        space_kind=args.get("space_kind"),
    )


def _answer(report: str, question: ReportQuestion) -> dict[str, Any]:
    words = in_language(asdict(REPORTS[report]), "name", "formula", "exclusions")
    return {
        "report": words,
        "from": question.period.first_day,
        "to": question.period.last_day,
        "library": question.library_id,
        "space_kind": question.space_kind,
    }


def _all_shown(cells: Sequence[ToldCell]) -> list[dict[str, Any]]:
    return [_shown(cell) for cell in cells]


def _shown(cell: ToldCell) -> dict[str, Any]:
    return asdict(cell) | {"reason_text": reason_text(cell.reason)}

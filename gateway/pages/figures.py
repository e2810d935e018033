"""The manager's figures: every number with its definition, its parts and the acts behind it."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.pages import codes, services, visitor
from gateway.pages.answers import day, one_of
from gateway.pages.wording import today

blueprint = Blueprint("figures", __name__)
SPLITS = ("faculty", "level", "space_kind", "day")
USUAL_DAYS = 28


@blueprint.get("/figures")
@visitor.signed_in(*visitor.FIGURE_ROLES)
def overview() -> str:
    """Show every metric over a period, in its panel."""
    engagement = services.engagement()
    question = _question()
    figures = [engagement.figure(metric["id"], _whole(question)) for metric in engagement.metrics()]
    panels: dict[str, list[dict[str, Any]]] = {}
    for figure in figures:
        panels.setdefault(figure["metric"]["panel"], []).append(figure)
    return render_template(
        "figures.html", panels=panels, panel_names=codes.panels(), question=question
    )


@blueprint.get("/figures/<metric_id>")
@visitor.signed_in(*visitor.FIGURE_ROLES)
def figure(metric_id: str) -> ResponseReturnValue:
    """Show one metric: its definition, its number, its split."""
    engagement = services.engagement()
    question = _question()
    whole = engagement.figure(metric_id, _whole(question))
    parted, problem = None, None
    if question["split"]:
        try:
            parted = engagement.figure(metric_id, question)
        except ApiProblem as refused:
            problem = refused
    return render_template(
        "figure.html",
        figure=whole,
        parted=parted,
        problem=problem,
        question=question,
        split_names=codes.splits(),
        panel_names=codes.panels(),
    )


@blueprint.get("/figures/<metric_id>/acts")
@visitor.signed_in(*visitor.FIGURE_ROLES)
def acts(metric_id: str) -> str:
    """List the acts a figure counts."""
    engagement = services.engagement()
    question = _question()
    asked = {**question, "cell": request.args.get("cell", "")[:200] or None}
    return render_template(
        "figure_acts.html",
        figure=engagement.figure(metric_id, _whole(question)),
        acts=engagement.acts(metric_id, asked, request.args.get("cursor", "")[:1000]),
        question=asked,
    )


def _question() -> dict[str, str | None]:
    last = day("to", today())
    first = day("from", last - timedelta(days=USUAL_DAYS - 1))
    split = one_of("split", SPLITS)
    return {"from": first.isoformat(), "to": last.isoformat(), "split": split or None}


def _whole(question: dict[str, str | None]) -> dict[str, str | None]:
    return {**question, "split": None}

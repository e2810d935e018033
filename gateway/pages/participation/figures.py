"""Participation at a glance, and each figure with its definition and the acts behind it."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, abort, render_template, request

from gateway.clients.service import ApiProblem
from gateway.pages import codes, services, visitor
from gateway.pages.answers import one_of
from gateway.pages.participation.question import (
    GROUPS,
    WEEK,
    Question,
    group_choices,
    library_choices,
    period_choices,
    read_question,
)
from gateway.pages.participation.series import split_bars, trend_line
from gateway.pages.participation.words import question_words

blueprint = Blueprint("figures", __name__)
SPLITS = (*GROUPS, "day", "library")
HEADLINE = "M10"
TREND_WEEKS = 12


@blueprint.get("/figures")
@visitor.signed_in(*visitor.FIGURE_ROLES)
def overview() -> str:
    """Show every metric of the weeks in its panel, and how participation went."""
    question = read_question()
    figures = services.engagement().figures(_of_whom(question))
    panels: dict[str, list[dict[str, Any]]] = {}
    for figure in figures:
        panels.setdefault(figure["metric"]["panel"], []).append(figure)
    headline = next(one["metric"] for one in figures if one["metric"]["id"] == HEADLINE)
    return render_template(
        "participation/figures.html",
        panels=panels,
        panel_names=codes.panels(),
        trend=_trend(question, headline),
        headline=headline,
        by_faculty=_by_faculty(question),
        **_shared(question),
    )


@blueprint.get("/figures/<metric_id>")
@visitor.signed_in(*visitor.FIGURE_ROLES)
def figure(metric_id: str) -> str:
    """Show one metric: its number, how it went, its parts, its definition."""
    question = read_question()
    split = one_of("split", SPLITS)
    engagement = services.engagement()
    whole = engagement.figure(metric_id, question.asked)
    parted, problem = None, None
    if split:
        parted, problem = services.answered_or_problem(
            lambda: engagement.figure(metric_id, question.asked | {"split": split})
        )
    return render_template(
        "participation/figure.html",
        figure=whole,
        parted=parted,
        bars=split_bars(parted) if parted else None,
        problem=problem,
        split=split,
        trend=_trend(question, whole["metric"]),
        split_names=codes.splits(),
        panel_names=codes.panels(),
        **_shared(question),
    )


@blueprint.get("/figures/<metric_id>/acts")
@visitor.signed_in(*visitor.FIGURE_ROLES)
def acts(metric_id: str) -> str:
    """List the acts a figure counts."""
    question = read_question()
    asked = question.asked | _cell_asked()
    engagement = services.engagement()
    return render_template(
        "participation/acts.html",
        figure=engagement.figure(metric_id, question.asked),
        acts=engagement.acts(metric_id, asked, request.args.get("cursor", "")[:1000]),
        split=asked["split"],
        cell=asked["cell"],
        **_shared(question),
    )


@blueprint.get("/figures/<metric_id>/export.<ending>")
@visitor.signed_in(*visitor.FIGURE_ROLES)
def export(metric_id: str, ending: str) -> Response:
    """Hand on a figure as the file the service makes of it."""
    if ending not in {"csv", "xlsx"}:
        abort(404)
    question = read_question()
    asked = question.asked | {"split": one_of("split", SPLITS) or None}
    file = services.engagement().export(metric_id, ending, asked)
    response = Response(file.content, content_type=file.content_type)
    response.headers["Content-Disposition"] = file.disposition
    return response


def _by_faculty(question: Question) -> Any:
    """Return the headline faculty by faculty; None where that cannot be told."""
    if not question.library:
        return None
    asked = question.asked | {"split": "faculty"}
    parted, _problem = services.answered_or_problem(
        lambda: services.engagement().figure(HEADLINE, asked)
    )
    return split_bars(parted) if parted else None


def _of_whom(question: Question) -> dict[str, str | None]:
    return question.asked | {"split": question.group, "cell": question.cell}


def _cell_asked() -> dict[str, str | None]:
    split = one_of("split", SPLITS) or None
    return {"split": split, "cell": (request.args.get("cell", "")[:200] or None) if split else None}


def _trend(question: Question, metric: dict[str, Any]) -> Any:
    """Return the weeks up to the last one asked about; fewer than two say nothing."""
    first = min(question.first, question.last + timedelta(days=1) - TREND_WEEKS * WEEK)
    asked = question.asked | {"from": first.isoformat(), "step": "week"}
    if question.group in metric["splits"]:
        asked |= {"split": question.group, "cell": question.cell}
    try:
        return trend_line(services.engagement().trend(metric["id"], asked))
    except ApiProblem:
        return None


def _shared(question: Question) -> dict[str, Any]:
    return {
        "question": question,
        "said": question_words(question),
        "periods": period_choices(question),
        "groups": group_choices(),
        "libraries": library_choices(),
    }

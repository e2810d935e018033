"""Participation figures, their definitions, and the acts they count."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from services.engagement.api.metric_schemas import (
    CatalogueSchema,
    CountedActsArgs,
    CountedActSchema,
    FigureArgs,
    FigureSchema,
)
from services.engagement.api.parts import (
    FIGURE_READERS,
    check_library,
    current_parts,
    disclosure,
)
from services.engagement.api.reasons import in_language, reason_text
from services.engagement.domain.figure import Figure
from services.engagement.queries.counted_acts import Page, acts_behind
from services.engagement.queries.figures import (
    Question,
    definitions,
    figure_for,
    metric_and_split,
)
from shared.web.blueprint import Blueprint
from shared.web.identity import requires
from shared.web.paging import make_cursor, page, page_of, read_cursor

blueprint = Blueprint("figures", __name__, url_prefix="/metrics")


@blueprint.route("")
@requires()
@blueprint.response(200, CatalogueSchema)
def catalogue() -> dict[str, Any]:
    """List every metric with its definition: formula, what counts, what does not, standard."""
    return {"items": [shown_definition(definition) for definition in definitions()]}


@blueprint.route("/<string:metric_id>")
@requires(*FIGURE_READERS)
@blueprint.arguments(FigureArgs, location="query")
@blueprint.response(200, FigureSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def figure(args: dict[str, Any], metric_id: str) -> dict[str, Any]:
    """Compute a figure over local days, live; small cells of a split are held back."""
    question = question_of(metric_id, args)
    with current_parts().reading() as connection:
        return shown_figure(question, figure_for(connection, question, disclosure()))


@blueprint.route("/<string:metric_id>/acts")
@requires(*FIGURE_READERS)
@blueprint.arguments(CountedActsArgs, location="query")
@blueprint.response(200, page_of(CountedActSchema))
@blueprint.alt_response(404, response="NOT_FOUND")
def counted_acts(args: dict[str, Any], metric_id: str) -> dict[str, Any]:
    """List the acts a figure's numerator counts; their amounts sum to it exactly."""
    limit: int = args["limit"]
    after = read_cursor(args.get("cursor"), datetime, str, UUID)
    wanted = Page(cell=args.get("cell"), after=after, limit=limit)
    with current_parts().reading() as connection:
        found = acts_behind(connection, question_of(metric_id, args), wanted, disclosure())
    rows = found[:limit]
    following = _place_of(rows[-1]) if len(found) > limit else None
    return page(rows, following)


def _place_of(row: Mapping[str, Any]) -> str:
    return make_cursor(row["quarter_hour"], row["source"], row["message_id"])


def question_of(metric_id: str, args: Mapping[str, Any]) -> Question:
    """Return what is asked; raises NotAllowed for a library outside the asker's role."""
    library_id = args.get("library")
    check_library(library_id)
    return Question(
        metric_id=metric_id,
        first_day=args["from_"],
        last_day=args["to"],
        split=args.get("split"),
        library_id=library_id,
    )


def shown_definition(definition: Any) -> dict[str, Any]:
    """Return a definition with its words in the reader's language."""
    return in_language(asdict(definition), "name", "formula", "exclusions")


def shown_figure(question: Question, figure: Figure) -> dict[str, Any]:
    """Return a figure with its definition and the days it is over."""
    metric, _ = metric_and_split(replace(question, split=None))
    cells = [asdict(cell) | {"reason_text": reason_text(cell.reason)} for cell in figure.cells]
    return {
        "metric": shown_definition(metric.definition),
        "from": question.first_day,
        "to": question.last_day,
        "library": question.library_id,
        "split": figure.split,
        "cells": cells,
    }

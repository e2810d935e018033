"""Every metric's figure of a period in one answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from services.engagement.domain import errors
from services.engagement.domain.figure import Figure
from services.engagement.queries.figures import Disclosure, Question, definitions, figure_for


@dataclass(frozen=True, slots=True)
class Told:
    """What was asked of one metric, and its figure."""

    question: Question
    figure: Figure


def overview_of(
    connection: Connection, question: Question, cell: str | None, disclosure: Disclosure
) -> Sequence[Told]:
    """Return every metric's figure for the question's days: a fixed number of statements.

    With a cell of a split, a metric that knows the split tells that cell; another one comes whole.
    Raises SplitNeeded for a cell without a split (or the other way round), and what a figure does.
    """
    if (cell is None) != (question.split is None):
        raise errors.SplitNeeded
    disclosure.check(question)
    found = []
    for definition in definitions():
        knows = question.split in definition.splits
        split = question.split if knows else None
        asked = replace(question, metric_id=definition.id, split=split)
        figure = figure_for(connection, asked, disclosure)
        if split is not None:
            figure = replace(figure, cells=[c for c in figure.cells if c.cell == cell])
        found.append(Told(asked, figure))
    return found

"""Any of the reports by its name."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from services.engagement.domain import errors
from services.engagement.domain.figure import ToldCell
from services.engagement.queries import funnels, heat_map
from services.engagement.queries.figures import Disclosure
from services.engagement.queries.reports import ReportQuestion
from services.engagement.queries.unmet_demand import unmet_demand

UNMET_DEMAND = "unmet-demand"


def report_named(
    connection: Connection, question: ReportQuestion, name: str, disclosure: Disclosure
) -> Mapping[str, Sequence[ToldCell]]:
    """Return a report's lists of cells as they may be shown.

    Raises MetricNotFound for a name that is none, and what `ReportQuestion.check` raises.
    """
    if name in heat_map.MEASURES:
        return {heat_map.LIST: heat_map.heat_map(connection, question, name, disclosure)}
    if name in funnels.STEPS:
        return {funnels.LIST: funnels.funnel(connection, question, name, disclosure)}
    if name == UNMET_DEMAND:
        return unmet_demand(connection, question, disclosure).lists
    raise errors.MetricNotFound(metric=name)

"""The engagement service's composition root: the one file that knows every part."""

from flask import Flask

from services.engagement.api import (
    figure_exports,
    metrics,
    points,
    report_exports,
    reports,
    suggestion_answers,
    suggestions,
    terms,
)
from services.engagement.api.meanings import MEANINGS
from services.engagement.api.parts import EXTENSION, Parts
from services.engagement.api.wording import WORDING
from services.engagement.config import Settings
from services.engagement.persistence.unit_of_work import EngagementUnitOfWork
from shared.kernel.clock import Clock, SystemClock
from shared.persistence.engine import make_engine
from shared.web.request_transactions import RequestTransactions
from shared.web.service_app import ServiceDescription, create_service_app


def create_app(settings: Settings, *, clock: Clock | None = None) -> Flask:
    """Return the app that answers at /api/engagement/v1."""
    clock = clock or SystemClock()
    engine = make_engine(settings.database_url, application_name="atrium-engagement")
    description = ServiceDescription(
        name="engagement",
        import_name=__name__,
        title="Atrium: participation figures, points, suggestions",
        blueprints=(
            metrics.blueprint,
            reports.blueprint,
            terms.blueprint,
            points.blueprint,
            suggestions.blueprint,
            suggestion_answers.blueprint,
            figure_exports.blueprint,
            report_exports.blueprint,
        ),
        wording=WORDING,
        meanings=MEANINGS,
    )
    app = create_service_app(description, engine=engine, settings=settings.web, clock=clock)
    transactions = RequestTransactions(engine)
    app.extensions[EXTENSION] = Parts(
        clock=clock,
        pseudonyms=settings.ledger.pseudonyms(),
        transactions=transactions,
        uow=lambda: EngagementUnitOfWork(transactions, clock=clock),
        smallest_cell=settings.smallest_cell,
        zone=settings.ledger.zone(),
    )
    return app

"""The events service's composition root: the one file that knows every part."""

from flask import Flask

from services.events.api import (
    attendance,
    calendar,
    door,
    feeds,
    library_events,
    mine,
    moves,
    registrations,
    results,
    rooms,
    sign_up_list,
)
from services.events.api.meanings import MEANINGS
from services.events.api.parts import EXTENSION, Parts
from services.events.api.wording import LABELS, WORDING
from services.events.config import Settings
from services.events.persistence.unit_of_work import EventsUnitOfWork
from shared.kernel.clock import Clock, SystemClock
from shared.persistence.engine import make_engine
from shared.web.request_transactions import RequestTransactions
from shared.web.service_app import ServiceDescription, create_service_app

DESCRIPTION = ServiceDescription(
    name="events",
    import_name=__name__,
    title="Atrium: activities, sign-up, attendance",
    blueprints=(
        calendar.blueprint,
        library_events.blueprint,
        mine.blueprint,
        moves.blueprint,
        rooms.blueprint,
        registrations.blueprint,
        attendance.blueprint,
        door.blueprint,
        sign_up_list.blueprint,
        results.blueprint,
        feeds.blueprint,
    ),
    wording=WORDING,
    meanings=MEANINGS,
    labels=LABELS,
)


def create_app(settings: Settings, *, clock: Clock | None = None) -> Flask:
    """Return the app that answers at /api/events/v1."""
    clock = clock or SystemClock()
    engine = make_engine(settings.database_url, application_name="atrium-events")
    app = create_service_app(DESCRIPTION, engine=engine, settings=settings.web, clock=clock)
    transactions = RequestTransactions(engine)
    app.extensions[EXTENSION] = Parts(
        settings=settings,
        clock=clock,
        transactions=transactions,
        uow=lambda: EventsUnitOfWork(transactions, clock=clock),
    )
    return app

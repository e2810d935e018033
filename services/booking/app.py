"""The booking service's composition root: the one file that knows every part."""

from flask import Flask

from services.booking.api import (
    approvals,
    availability,
    calendar_import,
    closures,
    desk,
    doors,
    feeds,
    hours,
    libraries,
    reservations,
    rules,
    spaces,
    spaces_import,
)
from services.booking.api.meanings import MEANINGS
from services.booking.api.parts import EXTENSION, Parts
from services.booking.api.wording import WORDING
from services.booking.config import Settings
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import Clock, SystemClock
from shared.persistence.engine import make_engine
from shared.web.request_transactions import RequestTransactions
from shared.web.service_app import ServiceDescription, create_service_app

DESCRIPTION = ServiceDescription(
    name="booking",
    import_name=__name__,
    title="Atrium: spaces and reservations",
    blueprints=(
        reservations.blueprint,
        approvals.blueprint,
        closures.blueprint,
        desk.blueprint,
        doors.blueprint,
        rules.blueprint,
        libraries.blueprint,
        spaces.blueprint,
        spaces_import.blueprint,
        hours.blueprint,
        calendar_import.blueprint,
        availability.blueprint,
        feeds.blueprint,
    ),
    wording=WORDING,
    meanings=MEANINGS,
)


def create_app(settings: Settings, *, clock: Clock | None = None) -> Flask:
    """Return the app that answers at /api/booking/v1."""
    clock = clock or SystemClock()
    engine = make_engine(settings.database_url, application_name="atrium-booking")
    app = create_service_app(DESCRIPTION, engine=engine, settings=settings.web, clock=clock)
    transactions = RequestTransactions(engine)
    app.extensions[EXTENSION] = Parts(
        settings=settings,
        clock=clock,
        transactions=transactions,
        uow=lambda: BookingUnitOfWork(transactions, clock=clock),
    )
    return app

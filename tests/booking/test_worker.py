"""The worker is whole: it hears what the catalogue says, and its jobs do their work."""

from collections.abc import Callable

from sqlalchemy import Engine

from services.booking.config import Settings
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from services.booking.worker import build_worker
from shared.contracts.catalogue import LISTENERS
from shared.kernel.clock import SetClock
from shared.persistence.transactions import OwnTransactions
from shared.web.settings import WebSettings
from tests.support.booking_builders import OTHER_ROOM, SEAT, a_reservation, furnish, hour


def test_the_jobs_release_complete_and_publish(
    fresh_database: Callable[[str], str],
    open_engine: Callable[..., Engine],
    embedded_broker_url: str,
    clock: SetClock,
) -> None:
    url = fresh_database("booking")
    engine = open_engine(url)
    furnish(engine)
    with BookingUnitOfWork(OwnTransactions(engine), clock=clock) as uow:
        for reservation in (a_reservation(OTHER_ROOM), a_reservation(SEAT, starting=hour(20))):
            message = reservation.confirmed()
            uow.reservations.place(reservation, actor=reservation.patron_id, message=message)
        uow.commit()
    settings = Settings(
        database_url=url, broker_url=embedded_broker_url, web=WebSettings(jwks="unused")
    )
    worker = build_worker(settings, clock=clock)
    heard = {message.type for message in LISTENERS["booking"]}
    assert set(worker.consumers.types()) == heard
    clock.set(hour(11))
    for job in worker.jobs:
        job.run()
    worker.engine.dispose()
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT status FROM reservation ORDER BY during")
        assert [row.status for row in rows] == ["no_show", "confirmed"]
        said = connection.exec_driver_sql("SELECT DISTINCT type FROM outbox")
        assert "booking.capacity.published.v1" in {row.type for row in said}

"""What PostgreSQL itself refuses, whoever asks."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from services.booking.persistence.catalogue import read_catalogue
from services.booking.persistence.metadata import METADATA
from services.booking.persistence.tables import IDEMPOTENCY_KEY
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import SetClock
from shared.persistence.transactions import OwnTransactions
from tests.support.booking_builders import NOW, ROOM, a_reservation, a_rulebook


def place_one(engine: Engine) -> None:
    reservation = a_reservation()
    with BookingUnitOfWork(OwnTransactions(engine), clock=SetClock(NOW)) as uow:
        message = reservation.confirmed()
        assert uow.reservations.place(reservation, actor=reservation.patron_id, message=message)
        uow.commit()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reservation_history SET actor = NULL",
        "DELETE FROM reservation_history",
        "TRUNCATE reservation_history",
    ],
)
def test_history_is_written_once(engine: Engine, statement: str) -> None:
    place_one(engine)
    with engine.begin() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    "change",
    ["status = 'forgotten'", "party_size = 0", "during = 'empty'", "purpose = 'fun'"],
)
def test_rows_that_make_no_sense_are_refused(engine: Engine, change: str) -> None:
    place_one(engine)
    with engine.begin() as connection, pytest.raises(IntegrityError):
        connection.exec_driver_sql(f"UPDATE reservation SET {change}")


def test_any_change_of_rules_reaches_every_process_at_once(engine: Engine) -> None:
    def longest() -> int:
        with engine.connect() as connection:
            terms = read_catalogue(connection).terms_of(ROOM.id)
            rulebook = terms.in_force("", NOW) if terms else None
            return rulebook.body.max_minutes if rulebook else 0

    assert longest() == 240
    with engine.begin() as connection:  # by hand: not even this can forget the version
        connection.exec_driver_sql(
            "UPDATE rulebook SET body = body || '{\"max_minutes\": 90}'::jsonb"
        )
    assert longest() == 90


def test_rules_published_in_an_undone_transaction_are_not_remembered(engine: Engine) -> None:
    uow = BookingUnitOfWork(OwnTransactions(engine), clock=SetClock(NOW))
    with uow:
        uow.rulebooks.publish(a_rulebook(version=2))
        terms = uow.catalogue.terms_of(ROOM.id)
        assert terms is not None
        assert len(terms.rulebooks) == 2
    with uow:
        terms = uow.catalogue.terms_of(ROOM.id)
        assert terms is not None
        assert len(terms.rulebooks) == 1


def test_the_tables_in_code_are_those_in_the_database(engine: Engine) -> None:
    assert IDEMPOTENCY_KEY.metadata is METADATA
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name <> 'alembic_version'"
        )
        there = {(row.table_name, row.column_name) for row in rows}
    declared = {
        (table.name, column.name) for table in METADATA.tables.values() for column in table.columns
    }
    assert there == declared

"""Who waits for a person's turn decides by what holds after the wait, not before it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import Engine

from services.booking.commands.add_hours_exception import AddHoursException, add_hours_exception
from services.booking.commands.change_reservation import ChangeReservation, change_reservation
from services.booking.commands.reserve import Reserve, reserve
from services.booking.commands.withdraw_space import WithdrawSpace, withdraw_space
from services.booking.domain.actor import Actor
from services.booking.domain.errors import RulesNotMet
from services.booking.domain.ports import Patron
from services.booking.domain.reservation import Reservation
from services.booking.persistence.patrons import SqlPatrons
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import SetClock
from shared.kernel.identifiers import lock_key, new_id
from shared.persistence.transactions import OwnTransactions
from tests.support.booking_builders import LIBRARY_ID, NOW, ROOM, hour
from tests.support.lock_waits import waiting_for_locks
from tests.support.polling import eventually

ADA = new_id()
# As it was: the wait inside the statement whose snapshot tells the catalogue's version.
WAITING_INSIDE = (
    "SELECT pg_advisory_xact_lock(%(key)s)::text IS NOT NULL, c.version, c.xmin::text,"
    " p.patron_class, p.active"
    " FROM catalogue_version AS c LEFT JOIN patron AS p ON p.patron_id = %(patron_id)s"
)


def unit(engine: Engine) -> BookingUnitOfWork:
    return BookingUnitOfWork(OwnTransactions(engine), clock=SetClock(NOW))


def reserving(engine: Engine) -> Callable[[], Reservation]:
    command = Reserve(space_id=ROOM.id, patron_id=ADA, starts_at=hour(10), ends_at=hour(11))
    return lambda: reserve(command, uow=unit(engine), clock=SetClock(NOW))


def withdraw(engine: Engine) -> None:
    command = WithdrawSpace(space_id=ROOM.id, because="water")
    withdraw_space(command, uow=unit(engine), clock=SetClock(NOW))


def close_the_day(engine: Engine) -> None:
    day = date(2026, 11, 24)
    command = AddHoursException(
        scope_type="library",
        scope_id=LIBRARY_ID,
        first_day=day,
        last_day=day,
        name_zh="闭",
        name_en="Closed",
    )
    add_hours_exception(command, uow=unit(engine), clock=SetClock(NOW))


def deactivate(engine: Engine) -> None:
    with unit(engine) as uow:
        uow.patrons.describe(Patron(ADA, active=False), NOW)
        uow.commit()


@contextmanager
def held(engine: Engine, statement: str, key: object) -> Iterator[None]:
    """Hold what the others have to wait for."""
    with engine.begin() as connection:
        connection.exec_driver_sql(statement, (key,))
        yield


def outcome_when(
    engine: Engine,
    act: Callable[[], Reservation],
    meanwhile: Callable[[Engine], None],
    *,
    statement: str = "SELECT pg_advisory_xact_lock(%s)",
    key: object = None,
) -> list[str]:
    """Return the codes an act is refused for when something happens while it waits; [] if not."""
    codes: list[str] = []
    with unit(engine) as uow:
        assert uow.catalogue.terms_of(ROOM.id)  # known to this process, as in a busy one

    def try_it() -> None:
        try:
            act()
        except RulesNotMet as refused:
            codes.extend(violation.code for violation in refused.violations)

    thread = threading.Thread(target=try_it)
    with held(engine, statement, key or lock_key("patron", str(ADA))):
        thread.start()
        eventually(lambda: waiting_for_locks(engine) == 1, within=60)
        meanwhile(engine)
    thread.join(60)
    assert not thread.is_alive()
    return codes


@pytest.mark.parametrize(
    ("meanwhile", "code"),
    [
        (withdraw, "space_out_of_use"),
        (close_the_day, "space_closed"),
        (deactivate, "patron_inactive"),
    ],
)
def test_what_changes_during_the_wait_counts(
    engine: Engine, meanwhile: Callable[[Engine], None], code: str
) -> None:
    assert outcome_when(engine, reserving(engine), meanwhile) == [code]


def test_control_with_the_wait_inside_the_statement_a_withdrawn_space_is_booked(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{SqlPatrons.__module__}.LOCK", WAITING_INSIDE)
    assert outcome_when(engine, reserving(engine), withdraw) == []


def test_a_change_that_waits_for_its_reservation_is_decided_after_it_too(engine: Engine) -> None:
    reservation = reserving(engine)()
    command = ChangeReservation(
        reservation_id=reservation.id, actor=Actor(ADA), starts_at=hour(15), ends_at=hour(16)
    )
    codes = outcome_when(
        engine,
        lambda: change_reservation(command, uow=unit(engine), clock=SetClock(NOW)),
        withdraw,
        statement="SELECT id FROM reservation WHERE id = %s FOR UPDATE",
        key=reservation.id,
    )
    assert codes == ["space_out_of_use"]

"""A row that cannot be dealt with stops no timed job for those behind it, now or the next time."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import Engine

from services.booking.commands.complete_stays import complete_stays
from services.booking.commands.publish_capacity import publish_due_capacity
from services.booking.commands.release_no_shows import release_no_shows
from services.booking.domain.reservation import Reservation, Status
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import SetClock
from shared.kernel.one_by_one import LeftUndone
from shared.persistence.transactions import OwnTransactions
from tests.support.bad_rows import break_row
from tests.support.booking_builders import LIBRARY_ID, ROOM, a_library, a_reservation, hour

NewUnit = Callable[[], BookingUnitOfWork]


@pytest.fixture
def new_unit(engine: Engine, clock: SetClock) -> NewUnit:
    return lambda: BookingUnitOfWork(OwnTransactions(engine), clock=clock)


def kept(new_unit: NewUnit, starting: datetime, **changes: Status) -> Reservation:
    reservation = a_reservation(ROOM, starting=starting, **changes)
    with new_unit() as uow:
        message = reservation.confirmed()
        assert uow.reservations.place(reservation, actor=reservation.patron_id, message=message)
        uow.connection.exec_driver_sql(
            "UPDATE reservation SET checked_in_at = lower(during) WHERE status = 'checked_in'"
        )
        uow.commit()
    return reservation


def status_of(new_unit: NewUnit, reservation: Reservation) -> Status:
    with new_unit() as uow:
        found = uow.reservations.find(reservation.id)
    assert found is not None
    return found.status


def test_a_no_show_that_cannot_be_released_keeps_nobody_elses_space(
    engine: Engine, new_unit: NewUnit, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = kept(new_unit, hour(10)), kept(new_unit, hour(12))
    break_row(engine, "reservation", bad.id)
    clock.set(hour(13))
    with pytest.raises(LeftUndone) as raised:
        release_no_shows(uow=new_unit(), clock=clock)
    assert raised.value.keys == [bad.id]
    assert str(bad.id) in caplog.text
    assert status_of(new_unit, good) is Status.NO_SHOW
    later = kept(new_unit, hour(14))
    clock.set(hour(15))
    with pytest.raises(LeftUndone):
        release_no_shows(uow=new_unit(), clock=clock)
    assert status_of(new_unit, later) is Status.NO_SHOW
    assert status_of(new_unit, bad) is Status.CONFIRMED


def test_a_stay_that_cannot_be_completed_keeps_no_other_from_it(
    engine: Engine, new_unit: NewUnit, clock: SetClock
) -> None:
    bad = kept(new_unit, hour(10), status=Status.CHECKED_IN)
    good = kept(new_unit, hour(12), status=Status.CHECKED_IN)
    break_row(engine, "reservation", bad.id)
    clock.set(hour(20))
    with pytest.raises(LeftUndone):
        complete_stays(uow=new_unit(), clock=clock)
    assert status_of(new_unit, good) is Status.COMPLETED


def test_what_somebody_is_at_is_left_to_them_and_fails_nobody(
    engine: Engine, new_unit: NewUnit, clock: SetClock
) -> None:
    held, free = kept(new_unit, hour(10)), kept(new_unit, hour(12))
    clock.set(hour(13))
    with engine.begin() as checking_in:
        row = checking_in.exec_driver_sql(
            "SELECT id FROM reservation WHERE id = %s FOR UPDATE", (held.id,)
        )
        assert row.scalar_one() == held.id
        assert release_no_shows(uow=new_unit(), clock=clock) == 1
    assert status_of(new_unit, free) is Status.NO_SHOW
    assert release_no_shows(uow=new_unit(), clock=clock) == 1


def test_a_library_that_cannot_be_described_silences_no_other(
    engine: Engine, new_unit: NewUnit, clock: SetClock
) -> None:
    other = UUID(int=1)
    with new_unit() as uow:  # its code sorts before the good one's
        uow.inventory.keep_library(a_library(id=other, code="A"))
        uow.commit()
    break_row(engine, "capacity_day", other, column="library_id")
    with pytest.raises(LeftUndone) as raised:
        publish_due_capacity(uow=new_unit(), clock=clock)
    assert raised.value.keys == [other]
    with engine.connect() as connection:
        said = connection.exec_driver_sql("SELECT DISTINCT data ->> 'library_id' FROM outbox")
        assert said.scalars().all() == [str(LIBRARY_ID)]

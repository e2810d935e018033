"""What a library offers on a day: said once, said again when it changes, never about the past."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from services.booking.commands.add_hours_exception import AddHoursException, add_hours_exception
from services.booking.commands.publish_capacity import (
    PublishCapacity,
    publish_capacity,
    publish_due_capacity,
)
from services.booking.commands.withdraw_space import WithdrawSpace, withdraw_space
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import SetClock
from shared.kernel.refusal import NotFound
from shared.persistence.transactions import OwnTransactions
from tests.support.booking_builders import LIBRARY_ID, NOW, ROOM

TODAY = date(2026, 11, 23)
FRIDAY = TODAY + timedelta(days=4)
NewUnit = Callable[[], BookingUnitOfWork]


@pytest.fixture
def new_unit(engine: Engine, clock: SetClock) -> NewUnit:
    return lambda: BookingUnitOfWork(OwnTransactions(engine), clock=clock)


def said(engine: Engine) -> Sequence[dict[str, Any]]:
    query = "SELECT data FROM outbox WHERE type = 'booking.capacity.published.v1' ORDER BY position"
    with engine.connect() as connection:
        return [row.data for row in connection.exec_driver_sql(query)]


def close(new_unit: NewUnit, clock: SetClock, day: date) -> None:
    command = AddHoursException(
        scope_type="library",
        scope_id=LIBRARY_ID,
        first_day=day,
        last_day=day,
        name_zh="闭",
        name_en="Closed",
    )
    add_hours_exception(command, uow=new_unit(), clock=clock)


def test_a_day_is_places_and_open_minutes_of_every_space_in_use(
    engine: Engine, new_unit: NewUnit, clock: SetClock
) -> None:
    withdraw_space(WithdrawSpace(space_id=ROOM.id, because="paint"), uow=new_unit(), clock=clock)
    command = PublishCapacity(library_id=LIBRARY_ID, day=TODAY)
    message = publish_capacity(command, uow=new_unit(), clock=clock)
    assert message is not None
    offered = {one.space_id: (one.places, one.open_minutes) for one in message.spaces}
    assert ROOM.id not in offered
    assert sorted(offered.values()) == [(1, 840), (2, 840), (6, 840)]
    (span,) = message.spaces[0].open_spans
    assert (span.closes_at - span.opens_at) == timedelta(hours=14)
    assert said(engine)[0]["day"] == "2026-11-23"


def test_the_same_is_said_once(engine: Engine, new_unit: NewUnit, clock: SetClock) -> None:
    command = PublishCapacity(library_id=LIBRARY_ID, day=TODAY)
    assert publish_capacity(command, uow=new_unit(), clock=clock) is not None
    assert publish_capacity(command, uow=new_unit(), clock=clock) is None
    assert len(said(engine)) == 1


def test_a_library_nobody_knows_is_not_found(new_unit: NewUnit, clock: SetClock) -> None:
    command = PublishCapacity(library_id=uuid4(), day=TODAY)
    with pytest.raises(NotFound):
        publish_capacity(command, uow=new_unit(), clock=clock)


def test_yesterday_to_the_fourteenth_day_from_now_are_said(
    engine: Engine, new_unit: NewUnit, clock: SetClock
) -> None:
    assert publish_due_capacity(uow=new_unit(), clock=clock) == 16
    days = [message["day"] for message in said(engine)]
    assert (days[0], days[-1]) == ("2026-11-22", "2026-12-07")
    assert publish_due_capacity(uow=new_unit(), clock=clock) == 0
    clock.set(NOW + timedelta(days=1))
    assert publish_due_capacity(uow=new_unit(), clock=clock) == 1


def test_a_day_whose_hours_change_is_said_again(
    engine: Engine, new_unit: NewUnit, clock: SetClock
) -> None:
    publish_due_capacity(uow=new_unit(), clock=clock)
    close(new_unit, clock, FRIDAY)
    assert publish_due_capacity(uow=new_unit(), clock=clock) == 1
    latest = said(engine)[-1]
    assert latest["day"] == str(FRIDAY)
    assert {space["open_minutes"] for space in latest["spaces"]} == {0}


def test_what_was_offered_yesterday_does_not_change_afterwards(
    engine: Engine, new_unit: NewUnit, clock: SetClock
) -> None:
    publish_due_capacity(uow=new_unit(), clock=clock)
    close(new_unit, clock, TODAY - timedelta(days=1))
    assert publish_due_capacity(uow=new_unit(), clock=clock) == 0
    assert len(said(engine)) == 16

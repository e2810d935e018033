"""An activity that cannot be dealt with stops no timed job for those behind it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine

from services.events.commands.close_library_event import CloseOverdue, close_overdue
from services.events.commands.expire_draft_holds import expire_draft_holds
from services.events.commands.expire_offers import expire_offers
from services.events.domain.library_event import Status
from services.events.domain.registration import Status as RegistrationStatus
from services.events.domain.room import Room, RoomState
from services.events.persistence.unit_of_work import EventsUnitOfWork
from shared.kernel.clock import SetClock
from shared.kernel.identifiers import new_id
from shared.kernel.one_by_one import LeftUndone
from shared.persistence.transactions import OwnTransactions
from tests.support.bad_rows import break_row
from tests.support.event_builders import NOW, TOMORROW, a_library_event, a_registration

NewUnit = Callable[[], EventsUnitOfWork]


@pytest.fixture
def new_unit(engine: Engine, clock: SetClock) -> NewUnit:
    return lambda: EventsUnitOfWork(OwnTransactions(engine), clock=clock)


def kept(new_unit: NewUnit, *, planned_hours: int = 0, **changes: object) -> UUID:
    starts_at = TOMORROW + timedelta(hours=planned_hours)
    library_event = a_library_event(planned={"starts_at": starts_at}, **changes)
    with new_unit() as uow:
        uow.library_events.add(library_event)
        uow.commit()
    return library_event.id


def held_until(instant: datetime) -> Room:
    return Room(
        state=RoomState.HELD,
        request_id=new_id(),
        reservation_id=new_id(),
        hold_expires_at=instant,
    )


def test_an_activity_that_cannot_be_closed_leaves_no_other_open(
    engine: Engine, new_unit: NewUnit, clock: SetClock
) -> None:
    bad, good = kept(new_unit), kept(new_unit, planned_hours=1)
    break_row(engine, "library_event", bad)
    clock.set(TOMORROW + timedelta(days=3))
    for _ in range(2):
        with pytest.raises(LeftUndone) as raised:
            close_overdue(CloseOverdue(), uow=new_unit(), clock=clock)
        assert raised.value.keys == [bad]
    with new_unit() as uow:
        assert uow.library_events.lock(good).status is Status.CLOSED


def test_a_draft_whose_room_cannot_be_given_back_keeps_no_other_room(
    engine: Engine, new_unit: NewUnit, clock: SetClock
) -> None:
    bad, good = (
        kept(new_unit, status=Status.DRAFT, room=held_until(NOW + timedelta(minutes=minutes)))
        for minutes in (1, 2)
    )
    break_row(engine, "library_event", bad)
    clock.set(NOW + timedelta(hours=1))
    with pytest.raises(LeftUndone) as raised:
        expire_draft_holds(uow=new_unit(), clock=clock)
    assert raised.value.keys == [bad]
    with new_unit() as uow:
        assert uow.library_events.lock(good).room.state is RoomState.GIVEN_BACK


def test_an_offer_that_cannot_lapse_blocks_no_other_waiting_list(
    engine: Engine, new_unit: NewUnit, clock: SetClock
) -> None:
    offers = []
    for minutes in (1, 2):
        offer = a_registration(
            status=RegistrationStatus.OFFERED,
            library_event_id=kept(new_unit),
            offer_expires_at=NOW + timedelta(minutes=minutes),
        )
        with new_unit() as uow:
            uow.registrations.add(offer)
            uow.commit()
        offers.append(offer)
    break_row(engine, "registration", offers[0].id)
    clock.set(NOW + timedelta(hours=1))
    with pytest.raises(LeftUndone) as raised:
        expire_offers(uow=new_unit(), clock=clock)
    assert raised.value.keys == [offers[0].library_event_id]
    with new_unit() as uow:
        assert uow.registrations.get(offers[1].id).status is RegistrationStatus.LAPSED

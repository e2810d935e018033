"""What the events service does with the booking service's messages, as they come off the bus."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import Engine

from services.events.consumers import build_consumers
from services.events.domain.library_event import Status
from services.events.domain.room import Room, RoomState
from services.events.persistence.unit_of_work import EventsUnitOfWork
from shared.contracts.booking import RoomHoldRefused, RoomHoldReleased, SpaceDefined
from shared.contracts.catalogue import LISTENERS
from shared.contracts.domain_event import DomainEvent
from shared.contracts.envelope import Envelope, source_of
from shared.kernel.clock import SetClock
from shared.kernel.identifiers import new_id
from shared.messaging.codec import to_data
from shared.messaging.consumers import Consumers, Delivery
from shared.persistence.transactions import JoinedTransactions, OwnTransactions
from tests.events.stage import granted
from tests.support.event_builders import LIBRARY, NOW, SALON, a_library_event


@pytest.fixture
def consumers(clock: SetClock) -> Consumers:
    return build_consumers(lambda shared: EventsUnitOfWork(shared, clock=clock), clock=clock)


@pytest.fixture
def deliver(engine: Engine, consumers: Consumers) -> Callable[..., None]:
    def hear(message: DomainEvent, sequence: int = 1) -> None:
        envelope = Envelope(
            id=new_id(),
            source=source_of("booking"),
            type=message.type,
            subject=message.subject(),
            time=NOW,
            recordedat=NOW,
            data=to_data(message),
            sequence=sequence,
        )
        reaction = consumers.reaction_to(message.type)
        assert reaction is not None
        with engine.connect() as connection:
            shared = JoinedTransactions(connection, connection.rollback)
            reaction(message, Delivery(envelope, shared))
            assert shared.committed
            connection.commit()

    return hear


@pytest.fixture
def work(engine: Engine, clock: SetClock) -> EventsUnitOfWork:
    return EventsUnitOfWork(OwnTransactions(engine), clock=clock)


def requesting(work: EventsUnitOfWork):
    room = Room(state=RoomState.REQUESTED, request_id=new_id())
    draft = a_library_event(status=Status.DRAFT, room=room)
    with work:
        work.library_events.add(draft)
        work.commit()
    return draft


def room_of(work: EventsUnitOfWork, library_event_id: UUID) -> Room:
    with work:
        library_event = work.library_events.lock(library_event_id)
    assert library_event is not None
    return library_event.room


def a_space_defined(**changes) -> SpaceDefined:
    said = {
        "space_id": SALON,
        "library_id": LIBRARY,
        "library_timezone": "Asia/Shanghai",
        "code": "SALON",
        "name_zh": "湖畔沙龙",
        "name_en": "Lakeside Salon",
        "space_type": "room",
        "space_kind": "cultural",
        "capacity": 40,
    }
    return SpaceDefined(**said | changes)


def test_it_reacts_to_everything_the_catalogue_says_it_hears(consumers):
    assert set(consumers.types()) == {message.type for message in LISTENERS["events"]}


def test_it_keeps_the_latest_description_of_a_space_in_whatever_order_they_come(deliver, work):
    deliver(a_space_defined(capacity=50), sequence=7)
    deliver(a_space_defined(capacity=40), sequence=3)
    with work:
        known = work.spaces.get(SALON)
    assert known is not None
    assert (known.capacity, known.timezone) == (50, "Asia/Shanghai")


def test_a_granted_room_is_held(deliver, work):
    draft = requesting(work)
    deliver(granted(draft))
    assert room_of(work, draft.id).state is RoomState.HELD


def test_a_refused_room_keeps_its_reasons(deliver, work):
    draft = requesting(work)
    deliver(
        RoomHoldRefused(
            library_event_id=draft.id,
            request_id=draft.room.request_id,
            space_id=SALON,
            codes=("space_taken", "closed"),
        )
    )
    assert room_of(work, draft.id).codes == ("space_taken", "closed")


def test_a_released_room_is_gone(deliver, work):
    draft = requesting(work)
    deliver(granted(draft))
    deliver(
        RoomHoldReleased(
            library_event_id=draft.id, request_id=draft.room.request_id, space_id=SALON
        )
    )
    assert room_of(work, draft.id).state is RoomState.GIVEN_BACK


def test_a_stale_grant_is_answered_in_the_same_transaction(deliver, work, engine):
    draft = requesting(work)
    stale = new_id()
    deliver(granted(draft, request_id=stale))
    with engine.connect() as connection:
        written = connection.exec_driver_sql("SELECT type, data FROM outbox").all()
    assert [(kind, data["request_id"]) for kind, data in written] == [
        ("events.room.given_back.v1", str(stale))
    ]
    assert room_of(work, draft.id).state is RoomState.REQUESTED

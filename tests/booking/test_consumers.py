"""What booking does when it hears from others, each in the transaction its message came in."""

from datetime import timedelta
from itertools import permutations
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine

from services.booking.consumers import build_consumers
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.contracts.domain_event import DomainEvent
from shared.contracts.events import RoomGivenBack, RoomRequested
from shared.contracts.gateway import PatronDescribed
from shared.kernel.clock import SetClock
from shared.kernel.identifiers import new_id
from shared.kernel.time_span import TimeSpan
from shared.messaging.consumers import Delivery
from shared.persistence.transactions import JoinedTransactions
from tests.support.booking_builders import NOW, OTHER_ROOM, ROOM, hour
from tests.support.messages import a_message, an_envelope

TALK, REQUEST = new_id(), new_id()


def hear(connection: Connection, *messages: DomainEvent) -> None:
    clock = SetClock(NOW)
    consumers = build_consumers(
        lambda transactions: BookingUnitOfWork(transactions, clock=clock), clock=clock
    )
    for message in messages:
        reaction = consumers.reaction_to(message.type)
        assert reaction is not None
        delivery = Delivery(
            an_envelope(message), JoinedTransactions(connection, connection.rollback)
        )
        reaction(message, delivery)
        assert delivery.transactions.committed


def said(connection: Connection) -> list[str]:
    rows = connection.exec_driver_sql("SELECT type FROM outbox ORDER BY position")
    return [row.type.split(".")[2] for row in rows]


def asking(space_id: UUID = ROOM.id, **changes: object) -> DomainEvent:
    wanted = {"starts_at": hour(18), "ends_at": hour(20), "expected_attendance": 5}
    ids = {"library_event_id": TALK, "request_id": REQUEST, "space_id": space_id}
    return a_message(RoomRequested, **{**ids, **wanted, **changes})


def giving_back() -> DomainEvent:
    return a_message(RoomGivenBack, library_event_id=TALK, request_id=REQUEST)


def described(person: UUID, **changes: object) -> DomainEvent:
    return a_message(PatronDescribed, patron_id=person, **changes)


def test_a_room_asked_for_is_held_once_however_often_it_is_heard(engine: Engine) -> None:
    with engine.connect() as connection:
        hear(connection, asking(), asking(), asking())
        assert said(connection) == ["granted"]


def test_a_room_that_is_taken_is_refused_with_what_could_be_had(engine: Engine) -> None:
    with engine.connect() as connection:
        hear(connection, asking(), asking(request_id=new_id(), library_event_id=new_id()))
        assert said(connection) == ["granted", "refused"]
        row = connection.exec_driver_sql(
            "SELECT data FROM outbox WHERE type LIKE '%%refused%%'"
        ).one()
    assert row.data["codes"] == ["slot_taken"]
    assert OTHER_ROOM.id in {UUID(slot["space_id"]) for slot in row.data["alternatives"]}


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ([asking(), giving_back()], ["granted", "released"]),
        ([giving_back(), asking()], []),
        ([asking(), giving_back(), asking(), giving_back()], ["granted", "released"]),
    ],
    ids=["in order", "overtaken", "twice"],
)
def test_a_room_given_back_is_free_in_whichever_order_it_is_heard(
    engine: Engine, heard: list[DomainEvent], expected: list[str]
) -> None:
    with engine.connect() as connection:
        hear(connection, *heard)
        assert said(connection) == expected
        held = connection.exec_driver_sql("SELECT count(*) FROM reservation WHERE active")
        assert held.scalar_one() == 0


MOVE = new_id()
A_MOVE = (
    asking(),
    asking(request_id=MOVE, replaces_request_id=REQUEST, starts_at=hour(19), ends_at=hour(21)),
    giving_back(),
)


@pytest.mark.parametrize("heard", list(permutations(A_MOVE)))
def test_a_move_within_a_room_ends_the_same_in_whichever_order_it_is_heard(
    engine: Engine, heard: tuple[DomainEvent, ...]
) -> None:
    with engine.connect() as connection:
        hear(connection, *heard, *heard)
        held = connection.exec_driver_sql(
            "SELECT request_id, lower(held), upper(held) FROM reservation WHERE active"
        )
        around = TimeSpan(hour(19), hour(21)).padded(3, 3)
        assert [tuple(row) for row in held] == [(MOVE, around.start, around.end)]


def test_who_people_are_is_known_from_the_last_thing_said(engine: Engine) -> None:
    person = new_id()
    with engine.connect() as connection:
        hear(connection, described(person, patron_class="master", active=False))
        row = connection.exec_driver_sql("SELECT patron_class, active FROM patron").one()
    assert tuple(row) == ("master", False)


def test_an_undone_transaction_has_heard_nothing(engine: Engine) -> None:
    with engine.connect() as connection:
        hear(connection, asking())
        connection.rollback()
    with engine.connect() as connection:
        assert said(connection) == []
        hear(connection, asking(starts_at=hour(18) + timedelta(minutes=30)))
        assert said(connection) == ["granted"]

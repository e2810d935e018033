"""Whatever is offered instead can be had: by people under every rule, by activities with set-up."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from services.booking.commands.hold_room import HoldRoom, hold_room
from services.booking.commands.reserve import Reserve, reserve
from services.booking.domain.alternatives import FARTHEST_SHIFT
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import SetClock
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import Refusal
from shared.kernel.time_span import TimeSpan
from shared.persistence.transactions import JoinedTransactions
from tests.support.booking_builders import (
    NOW,
    OTHER_ROOM,
    ROOM,
    SEAT,
    a_reservation,
    a_rulebook,
    furnish,
    hour,
    some_rules,
)

ME = UUID(int=1)
RULES: list[dict[str, Any]] = [
    {},
    {"padding_before_minutes": 10, "padding_after_minutes": 30, "start_step_minutes": 15},
    {
        "padding_after_minutes": 20,
        "create_notice_minutes": 120,
        "quotas": [{"unit": "minutes", "period": "day", "limit": 150}],
        "max_active_future": 2,
    },
]
ROOMS = (ROOM, OTHER_ROOM)

# (which space, start, length) in quarters of an hour from eight in the morning on.
held_stretches = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 52), st.integers(1, 16)), max_size=8
)
wishes = st.tuples(st.integers(0, 48), st.integers(1, 16))
few = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@contextmanager
def undone(connection: Connection) -> Iterator[BookingUnitOfWork]:
    """Give a unit of work of which nothing stays."""
    savepoint = connection.begin_nested()
    joined = JoinedTransactions(connection, lambda: None)
    yield BookingUnitOfWork(joined, clock=SetClock(NOW))
    savepoint.rollback()


def hold(connection: Connection, stretches: list[tuple[int, int, int]], rules: Any) -> None:
    """Hold what can be held of these; the third space is the person's own seat."""
    uow = BookingUnitOfWork(JoinedTransactions(connection, lambda: None), clock=SetClock(NOW))
    for which, start, length in stretches:
        space = (*ROOMS, SEAT)[which]
        made = a_reservation(
            space,
            starting=hour(8 + start / 4),
            minutes=15 * length,
            rules=rules,
            **({"patron_id": ME} if space is SEAT else {}),
        )
        with uow:
            if uow.reservations.place(made, actor=ME, message=made.confirmed()):
                uow.commit()


@pytest.mark.parametrize("body", RULES, ids=["usual", "padding", "quotas"])
@few
@given(held_stretches, wishes)
def test_what_a_person_is_offered_can_be_reserved(
    bare_engine: Engine,
    body: dict[str, Any],
    stretches: list[tuple[int, int, int]],
    wish: tuple[int, int],
) -> None:
    rules = some_rules(**body)
    once(bare_engine, rules)
    start, length = hour(8 + wish[0] / 4), 15 * wish[1]
    asked = {"patron_id": ME, "party_size": 2}
    with bare_engine.connect() as connection:
        hold(connection, stretches, rules)
        with undone(connection) as uow:
            try:
                span = TimeSpan.lasting(start, length)
                command = Reserve(space_id=ROOM.id, starts_at=span.start, ends_at=span.end, **asked)
                reserve(command, uow=uow, clock=SetClock(NOW))
                offered: list[Any] = []
            except Refusal as refusal:
                offered = refusal.extensions["alternatives"]
        for slot in offered:
            with undone(connection) as uow:
                reserve(Reserve(**slot, **asked), uow=uow, clock=SetClock(NOW))
        connection.rollback()


@few
@given(held_stretches, wishes, st.sampled_from([0, 15, 45]), st.sampled_from([0, 30]))
def test_what_an_activity_is_offered_can_be_held_with_set_up_and_tear_down(
    bare_engine: Engine,
    stretches: list[tuple[int, int, int]],
    wish: tuple[int, int],
    setup: int,
    teardown: int,
) -> None:
    rules = some_rules(padding_after_minutes=30)
    once(bare_engine, rules)
    span = TimeSpan.lasting(hour(8 + wish[0] / 4), 15 * wish[1])
    needs = {"setup_minutes": setup, "teardown_minutes": teardown}
    with bare_engine.connect() as connection:
        hold(connection, stretches, rules)
        said, data = answer(connection, ROOM.id, span.start, span.end, **needs)
        for slot in data.get("alternatives", ()):
            instead = slot["space_id"], slot["starts_at"], slot["ends_at"]
            assert answer(connection, *instead, **needs)[0] == "booking.room_hold.granted.v1"
        assert said == "booking.room_hold.granted.v1" or "codes" in data
        connection.rollback()


def test_who_comes_right_after_the_time_looked_at_needs_room_before_as_well(
    bare_engine: Engine,
) -> None:
    """A stay that ends with the time looked at has its padding beyond it."""
    rules = some_rules(padding_after_minutes=30)
    once(bare_engine, rules)
    reach = FARTHEST_SHIFT.seconds // 3600
    with bare_engine.connect() as connection:
        until_four_later, right_after = (9 - 8) * 4, (10 + reach - 8) * 4
        hold(connection, [(0, until_four_later, 13), (0, right_after, 4), (1, 0, 52)], rules)
        asked = Reserve(space_id=ROOM.id, starts_at=hour(9), ends_at=hour(10), patron_id=ME)
        with undone(connection) as uow, pytest.raises(Refusal) as refused:
            reserve(asked, uow=uow, clock=SetClock(NOW))
        ends = [slot["ends_at"] for slot in refused.value.extensions["alternatives"]]
        # Free from 12:45 on, for its padding until 14:00: an hour from then would be in the way.
        assert [end for end in ends if end > hour(9.5 + reach)] == []
        connection.rollback()


def once(engine: Engine, rules: Any) -> None:
    """Furnish the library unless an example before this one has."""
    with engine.connect() as connection:
        there = connection.exec_driver_sql("SELECT count(*) FROM library").scalar_one()
    if not there:
        books = [a_rulebook(rules, published_at=NOW - timedelta(days=30))]
        furnish(engine, spaces=[*ROOMS, SEAT], rulebooks=books)


def answer(
    connection: Connection, space_id: Any, starts_at: Any, ends_at: Any, **needs: int
) -> tuple[str, dict[str, Any]]:
    """Ask for a room as an activity; return what was said, of which nothing stays."""
    times = {
        name: value if not isinstance(value, str) else datetime.fromisoformat(value)
        for name, value in (("starts_at", starts_at), ("ends_at", ends_at))
    }
    command = HoldRoom(
        library_event_id=new_id(),
        request_id=new_id(),
        space_id=UUID(str(space_id)),
        organizer_id=new_id(),
        **times,
        **needs,
    )
    with undone(connection) as uow:
        hold_room(command, uow=uow, clock=SetClock(NOW))
        query = "SELECT type, data FROM outbox ORDER BY position DESC LIMIT 1"
        row = connection.exec_driver_sql(query).one()
    return row.type, row.data

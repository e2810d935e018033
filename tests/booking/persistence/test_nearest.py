"""Alternatives out of the database: what they respect, and what they cost."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlalchemy import event as sql_hooks

from services.booking.domain.ports import Wanted
from services.booking.domain.space import Space
from services.booking.persistence.catalogue import read_catalogue
from services.booking.persistence.nearest import nearest_slots
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import SetClock
from shared.kernel.time_span import TimeSpan
from shared.persistence.transactions import OwnTransactions
from tests.support.booking_builders import (
    NOW,
    OTHER_ROOM,
    ROOM,
    SEAT,
    a_reservation,
    a_rulebook,
    a_space,
    furnish,
    hour,
    some_rules,
)

ME = UUID(int=1)


def hold(engine: Engine, space: Space, start: float, minutes: int, **changes: Any) -> None:
    reservation = a_reservation(space, starting=hour(start), minutes=minutes, **changes)
    with BookingUnitOfWork(OwnTransactions(engine), clock=SetClock(NOW)) as uow:
        message = reservation.confirmed()
        assert uow.reservations.place(reservation, actor=ME, message=message)
        uow.commit()


def offered(
    engine: Engine, start: float, minutes: int = 60, **asked: Any
) -> list[tuple[str, float]]:
    """Return what is offered instead of the room, as code and wall hour."""
    with engine.connect() as connection:
        catalogue = read_catalogue(connection)
        terms = catalogue.terms[ROOM.id]
        span = TimeSpan.lasting(hour(start), minutes)
        wanted = Wanted(terms=terms, span=span, party_size=1, patron_class="", **asked)
        spaces = catalogue.terms_in(terms.space.library_id)
        found = nearest_slots(connection, wanted, spaces, NOW)
        return [
            (catalogue.terms[one.space_id].space.code, (one.starts_at - hour(0)).seconds / 3600)
            for one in found
        ]


def test_only_spaces_of_the_same_type_are_offered(engine: Engine) -> None:
    hold(engine, ROOM, 10, 60)
    assert offered(engine, 10) == [("R2", 10), ("R1", 9), ("R1", 11)]


def test_what_others_hold_is_not_offered(engine: Engine) -> None:
    hold(engine, ROOM, 10, 60)
    hold(engine, OTHER_ROOM, 9, 180)
    assert ("R2", 10) not in offered(engine, 10)
    assert offered(engine, 10)[0] == ("R1", 9)


def test_where_the_person_is_already_is_not_offered(engine: Engine) -> None:
    hold(engine, ROOM, 10, 60)
    hold(engine, SEAT, 8, 120, patron_id=ME)
    assert ("R1", 9) in offered(engine, 10)
    assert ("R1", 9) not in offered(engine, 10, patron_id=ME)


def test_what_would_be_given_up_for_it_is_in_nobodys_way(engine: Engine) -> None:
    hold(engine, ROOM, 10, 60, patron_id=ME)
    hold(engine, ROOM, 11.5, 90)
    with engine.connect() as connection:
        held = connection.exec_driver_sql(
            "SELECT id FROM reservation WHERE patron_id = %(me)s", {"me": ME}
        ).scalar_one()
    assert ("R1", 10.5) not in offered(engine, 11, patron_id=ME)
    assert ("R1", 10.5) in offered(engine, 11, patron_id=ME, in_place_of=held)


def test_paddings_stay_free_on_both_sides(bare_engine: Engine) -> None:
    rules = some_rules(padding_after_minutes=30)
    furnish(bare_engine, spaces=[ROOM], rulebooks=[a_rulebook(rules)])
    hold(bare_engine, ROOM, 10, 60, rules=rules)
    assert offered(bare_engine, 10) == [("R1", 8.5), ("R1", 11.5)]


def test_without_rules_nothing_is_offered(bare_engine: Engine) -> None:
    furnish(bare_engine, rulebooks=[])
    assert offered(bare_engine, 10) == []


def test_nobody_looks_around_a_wish_of_months(engine: Engine) -> None:
    assert offered(engine, 10, minutes=100 * 24 * 60) == []


@pytest.mark.parametrize("rooms", [1, 40])
def test_two_queries_whatever_there_is_to_search(bare_engine: Engine, rooms: int) -> None:
    spaces = [ROOM, *(a_space(f"X{number:02d}") for number in range(rooms))]
    furnish(bare_engine, spaces=spaces)
    for space in spaces:
        hold(bare_engine, space, 10, 60)
    offered(bare_engine, 10)  # the catalogue is in memory now
    seen: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        seen.append(statement)

    sql_hooks.listen(bare_engine, "before_cursor_execute", note)
    assert len(offered(bare_engine, 10, patron_id=ME)) >= 2
    sql_hooks.remove(bare_engine, "before_cursor_execute", note)
    assert len(seen) == 3  # the catalogue's version, what is held, where the person is

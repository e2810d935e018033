"""Many at once: one slot is held once, one person's quota holds. Each test fails without its guard.

The tables hold far more than one index page: a race test on a small table proves nothing.
"""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from services.booking.commands.change_reservation import ChangeReservation, change_reservation
from services.booking.commands.reserve import Reserve, reserve
from services.booking.domain.actor import Actor
from services.booking.persistence.patrons import SqlPatrons
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import SetClock
from shared.kernel.identifiers import new_id
from shared.persistence.transactions import OwnTransactions
from tests.support.all_at_once import all_at_once
from tests.support.booking_builders import (
    LIBRARY_ID,
    NOW,
    SPACES,
    a_rulebook,
    furnish,
    hour,
    rooms,
    some_rules,
)
from tests.support.guards_off import PERSON_NOT_LOCKED

AT_ONCE = 16
ROOMS = rooms(20)
FILL = (
    "INSERT INTO reservation (id, library_id, space_id, patron_id, during, held, status,"
    " party_size, purpose, rule_version, calendar_uid, created_at, changed_at)"
    " SELECT gen_random_uuid(), %(library_id)s, s.id, gen_random_uuid(), r.span, r.span,"
    " 'confirmed', 1, 'patron', 1, gen_random_uuid()::text, now(), now()"
    " FROM space AS s, LATERAL (SELECT tstzrange(%(first)s + n * interval '1 hour',"
    " %(first)s + n * interval '1 hour' + interval '50 minutes') AS span"
    " FROM generate_series(1, 150) AS n) AS r"
)
OVERLAPS = (
    "SELECT count(*) FROM reservation AS a JOIN reservation AS b"
    " ON a.space_id = b.space_id AND a.id < b.id AND a.held && b.held WHERE a.active AND b.active"
)
PAGES = "SELECT pg_relation_size('one_slot_one_reservation') / current_setting('block_size')::int"


@pytest.fixture
def full_engine(bare_engine: Engine) -> Engine:
    """A library of 20 rooms with 3,600 reservations long ago: an index of many pages."""
    rules = some_rules(quotas=[{"unit": "count", "period": "day", "limit": 2}])
    furnish(bare_engine, [*SPACES, *ROOMS], [a_rulebook(rules)])
    with bare_engine.begin() as connection:
        parameters = {"library_id": LIBRARY_ID, "first": NOW - timedelta(days=60)}
        connection.exec_driver_sql(FILL, parameters)
        assert connection.exec_driver_sql(PAGES).scalar_one() > 10
    return bare_engine


def reserving(engine: Engine, **asked: Any) -> Callable[[], object]:
    def act() -> object:
        uow = BookingUnitOfWork(OwnTransactions(engine), clock=SetClock(NOW))
        command = Reserve(**{"patron_id": new_id(), "starts_at": hour(10), **asked})
        return reserve(command, uow=uow, clock=SetClock(NOW)).id

    return act


def counted(engine: Engine, query: str) -> int:
    with engine.connect() as connection:
        return int(connection.exec_driver_sql(query).scalar_one())


def drop_the_constraint(engine: Engine) -> None:
    with engine.begin() as connection:
        statement = "ALTER TABLE reservation DROP CONSTRAINT one_slot_one_reservation"
        connection.exec_driver_sql(statement)


def race_for_slots(engine: Engine) -> list[int]:
    """Let many ask for the same slot, room after room; return how many got each."""
    won = []
    for room in ROOMS[:8]:
        answers = all_at_once([reserving(engine, space_id=room.id) for _ in range(AT_ONCE)])
        assert {answer for answer in answers if isinstance(answer, str)} <= {"slot_taken"}
        won.append(sum(isinstance(answer, UUID) for answer in answers))
    return won


def test_one_slot_goes_to_one_of_many(full_engine: Engine) -> None:
    assert race_for_slots(full_engine) == [1] * 8
    assert counted(full_engine, OVERLAPS) == 0


def test_control_without_the_constraint_a_slot_goes_to_several(full_engine: Engine) -> None:
    drop_the_constraint(full_engine)
    assert max(race_for_slots(full_engine)) > 1
    assert counted(full_engine, OVERLAPS) > 0


def race_against_the_quota(engine: Engine, person: UUID) -> int:
    """Let one person ask for many rooms at once; return how many they got."""
    acts = [
        reserving(engine, space_id=room.id, patron_id=person, starts_at=hour(8 + number / 2),
                  ends_at=hour(8.5 + number / 2))
        for number, room in enumerate(ROOMS[:AT_ONCE])
    ]  # fmt: skip
    return sum(isinstance(answer, UUID) for answer in all_at_once(acts))


def test_one_persons_parallel_wishes_stay_within_the_quota(full_engine: Engine) -> None:
    assert [race_against_the_quota(full_engine, new_id()) for _ in range(4)] == [2] * 4


def test_control_without_the_persons_lock_the_quota_does_not_hold(
    full_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{SqlPatrons.__module__}.LOCK", PERSON_NOT_LOCKED)
    assert max(race_against_the_quota(full_engine, new_id()) for _ in range(4)) > 2


def moving(engine: Engine, reservation_id: UUID, person: UUID, **to: Any) -> Callable[[], object]:
    def act() -> object:
        uow = BookingUnitOfWork(OwnTransactions(engine), clock=SetClock(NOW))
        command = ChangeReservation(reservation_id=reservation_id, actor=Actor(person), **to)
        return change_reservation(command, uow=uow, clock=SetClock(NOW)).id

    return act


def test_two_who_want_each_others_place_are_both_told_no_at_once(full_engine: Engine) -> None:
    people = [new_id(), new_id()]
    for room in ROOMS[:6]:
        ids = [
            reserving(full_engine, space_id=room.id, patron_id=person, starts_at=start)()
            for person, start in zip(people, (hour(10), hour(12)), strict=True)
        ]
        assert all(isinstance(one, UUID) for one in ids)
        answers = all_at_once(
            [
                moving(full_engine, ids[0], people[0], starts_at=hour(12)),  # type: ignore[arg-type]  # checked above
                moving(full_engine, ids[1], people[1], starts_at=hour(10)),  # type: ignore[arg-type]  # as above
            ]
        )
        assert answers == ["slot_taken", "slot_taken"]
        people = [new_id(), new_id()]


def test_moves_and_new_wishes_for_one_slot_leave_it_to_one(full_engine: Engine) -> None:
    random = Random(7)
    for room, other in zip(ROOMS[:6], ROOMS[6:12], strict=True):
        acts = []
        for number in range(6):
            person, start = new_id(), hour(8 + number)
            made = reserving(full_engine, space_id=other.id, patron_id=person, starts_at=start)()
            to = {"space_id": room.id, "starts_at": hour(15)}
            acts.append(moving(full_engine, made, person, **to))  # type: ignore[arg-type]  # an id, or the test fails
            acts.append(reserving(full_engine, space_id=room.id, starts_at=hour(15)))
        random.shuffle(acts)
        answers = all_at_once(acts)
        assert sum(isinstance(answer, UUID) for answer in answers) == 1
    assert counted(full_engine, OVERLAPS) == 0


def test_random_partial_overlaps_end_disjoint_and_every_refusal_has_its_reason(
    full_engine: Engine,
) -> None:
    random = Random(11)
    wishes = [
        (random.choice(ROOMS[:3]), hour(8 + random.randrange(48) / 4), random.randrange(1, 9) * 15)
        for _ in range(160)
    ]
    refused = []
    for first in range(0, len(wishes), AT_ONCE):
        batch = wishes[first : first + AT_ONCE]
        acts = [
            reserving(full_engine, space_id=room.id, starts_at=start,
                      ends_at=start + timedelta(minutes=minutes))
            for room, start, minutes in batch
        ]  # fmt: skip
        answers = all_at_once(acts)
        refused += [w for w, a in zip(batch, answers, strict=True) if a == "slot_taken"]
    assert counted(full_engine, OVERLAPS) == 0
    assert 0 < len(refused) < len(wishes)
    for room, start, minutes in refused:
        rivals = (
            "SELECT count(*) FROM reservation WHERE active AND space_id = %(room)s"
            " AND lower(held) < %(end)s AND upper(held) > %(start)s"
        )
        span = {"room": room.id, "start": start, "end": start + timedelta(minutes=minutes)}
        with full_engine.connect() as connection:
            assert connection.exec_driver_sql(rivals, span).scalar_one() >= 1
